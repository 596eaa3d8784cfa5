import {
  type ParticipationPattern,
  squaredToeplitzSensitivity,
  squaredTreeSensitivity,
  toeplitzCoefficients,
} from "@tacit/shared";
import type { Command } from "commander";
import { whole } from "../command-line.js";

/** How the noise of a run's steps may be correlated. */
export const CORRELATIONS = ["tree", "toeplitz"] as const;
export type Correlation = (typeof CORRELATIONS)[number];

const MOST_STEPS = 2 ** 20;
/** Fewer than the separation allows, but more than these, would take long. */
const MOST_LIMITED = 1024;
const RANGE = `a whole number up to ${MOST_STEPS}`;

export interface PatternOptions {
  readonly participations?: number;
  readonly minimumSeparation?: number;
  readonly steps?: number;
  readonly bands?: number;
}

/** Ends the command where a flag that a mechanism needs is missing; the range is for the message. */
export type Require = (flag: string, value: number | undefined, range?: string) => number;

const isSlow = ({ participations, separation, steps }: ParticipationPattern) =>
  participations > MOST_LIMITED && participations < Math.ceil(steps / (separation + 1));

/** Adds the flags that say who takes part when. */
export function withPattern(command: Command): Command {
  const both = CORRELATIONS.join(", ");
  return command
    .option("--participations <number>", `${both}: of one client`, whole("--participations", 1, MOST_STEPS))
    .option(
      "--minimum-separation <number>",
      `${both}: steps between two participations; 0 is every step`,
      whole("--minimum-separation", 0, MOST_STEPS),
    )
    .option("--steps <number>", `${both}: of the run`, whole("--steps", 1, MOST_STEPS))
    .option("--bands <number>", "toeplitz: coefficients (default: steps)", whole("--bands", 1, MOST_STEPS));
}

/** The squared sensitivity of a whole run whose every step has sensitivity 1. */
export function squaredSensitivityOf(
  mechanism: Correlation,
  options: PatternOptions,
  require: Require,
): number {
  const pattern = {
    participations: require("--participations", options.participations, RANGE),
    separation: require("--minimum-separation", options.minimumSeparation, RANGE),
    steps: require("--steps", options.steps, RANGE),
  };
  if (mechanism === "tree" && isSlow(pattern)) {
    return require("--participations", undefined, `at most ${MOST_LIMITED}, or as many as the separation allows`);
  }
  return mechanism === "tree"
    ? squaredTreeSensitivity(pattern)
    : squaredToeplitzSensitivity(toeplitzCoefficients(options.bands ?? pattern.steps), pattern);
}
