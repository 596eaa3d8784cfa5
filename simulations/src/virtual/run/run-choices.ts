import type { PrivacyMode } from "@tacit/shared";
import { RefusedError } from "../../refused-error.js";
import type { RunChoices } from "../../task-defaults/simulation-task.js";
import { isDocument, type TaskOverrides } from "../../task-defaults/task-overrides.js";
import type { ClockSpec } from "../clock/clock-spec.js";

/** What the command line says about a run's cohorts and their price. */
export interface CohortOptions {
  readonly cohort: number;
  readonly minimum?: number | undefined;
  readonly participations?: number | undefined;
  readonly serverLearningRate?: number | undefined;
  /** People in a cohort of the deployment that is simulated; as many as there are clients in one when left out. */
  readonly noiseCohort?: number | undefined;
  readonly rounds: number;
  readonly seed: number;
  readonly epsilon: number;
  /** False: no noise. */
  readonly privacy: PrivacyMode | false;
  readonly overrides?: TaskOverrides | undefined;
}

/** Without noise, the task is one of the largest budget that a task may have; nothing is promised. */
const NO_PROMISE = 1000;
const DEVIATIONS = 3;
const FEWEST = 2;

/**
 * A task's cohorts: the fewest contributors that all but about one cohort in a thousand reaches, and as many
 * participations of one client as chance brings about (three deviations above the mean). Nothing is amplified by
 * sampling: noise is calibrated to a client that takes part as often as it may.
 * @throws RefusedError for what cannot go together.
 */
export function runChoices(options: CohortOptions, { dropout }: ClockSpec, clients: number): RunChoices {
  const { seed, epsilon, privacy, overrides } = options;
  const { rounds, size } = runSize(options);
  if (size > clients) throw new RefusedError(`--cohort: ${size} of ${clients} clients`);
  const survivors = size * (1 - dropout);
  const likely = Math.floor(survivors - DEVIATIONS * Math.sqrt(survivors * dropout));
  const minimum = options.minimum ?? Math.max(FEWEST, likely);
  if (minimum > size) throw new RefusedError(`--minimum: ${minimum} of a cohort of ${size}`);
  const mean = (rounds * size) / clients;
  const usual = Math.max(1, Math.ceil(mean + DEVIATIONS * Math.sqrt(mean)));
  const participations = options.participations ?? Math.min(rounds, usual);
  if (participations * clients < rounds * minimum) {
    const message = `${clients} clients with ${participations} participations each do not fill ${rounds} rounds of at least ${minimum}`;
    throw new RefusedError(`--participations: ${message}`);
  }
  return {
    rounds,
    seed,
    mode: privacy === false ? "distributed" : privacy,
    epsilon: privacy === false ? NO_PROMISE : epsilon,
    cohort: { size, minimum },
    standsFor: standsFor(options),
    participations,
    serverLearningRate: options.serverLearningRate,
    overrides,
  };
}

/**
 * People for whom each client of a cohort stands; 1 where there is no noise that could be theirs.
 * @throws RefusedError for a deployment smaller than its simulation.
 */
function standsFor(
  options: Pick<CohortOptions, "rounds" | "cohort" | "noiseCohort" | "overrides" | "privacy">,
): number {
  const { size } = runSize(options);
  const { noiseCohort = size, privacy } = options;
  if (noiseCohort >= size) return privacy === false ? 1 : noiseCohort / size;
  throw new RefusedError(`--noise-cohort: ${noiseCohort} people, fewer than the ${size} clients of a cohort`);
}

/** Rounds, and clients in each: those that the task's own fields say, where they do. */
export const runSize = ({
  rounds,
  cohort,
  overrides,
}: Pick<CohortOptions, "rounds" | "cohort" | "overrides">): { rounds: number; size: number } => ({
  rounds: wholeAt(overrides?.rounds) ?? rounds,
  size: wholeAt(isDocument(overrides?.cohort) ? overrides.cohort.size : undefined) ?? cohort,
});

/** What is no number is the task schema's to refuse. */
const wholeAt = (value: unknown): number | undefined => (Number.isInteger(value) ? Number(value) : undefined);
