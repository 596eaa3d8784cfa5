import { type MechanismEvent, type PrivacyEvent, roundedNorm } from "@tacit/shared";
import { type Command, Option } from "commander";
import { between, positive, whole } from "../command-line.js";
import {
  CORRELATIONS,
  type PatternOptions,
  type Require,
  squaredSensitivityOf,
  withPattern,
} from "./correlated-noise.js";

/** Mechanisms whose noise is a multiple of the sensitivity. */
export const MULTIPLIED = ["gaussian", "laplace", ...CORRELATIONS] as const;
/** Mechanisms on the integers. */
const INTEGER = [
  "discrete-gaussian",
  "discrete-laplace",
  "skellam",
  "distributed-discrete-gaussian",
] as const;
const MECHANISMS = [...MULTIPLIED, ...INTEGER] as const;

export interface MechanismOptions extends PatternOptions {
  readonly mechanism: (typeof MECHANISMS)[number];
  readonly noiseMultiplier?: number;
  readonly samplingProbability: number;
  readonly sensitivity: number;
  readonly l1Sensitivity?: number;
  readonly stddev?: number;
  readonly scale?: number;
  readonly variance?: number;
  readonly gamma?: number;
  readonly localStddev?: number;
  readonly clients?: number;
  readonly clip?: number;
  readonly beta: number;
  readonly dimension?: number;
}

/** The rounding's β of the design: e^(−1/2). */
const DEFAULT_BETA = Math.exp(-0.5);

/** Adds the flags that describe one mechanism, of all or of those whose noise multiplier is asked for. */
export function withMechanism(command: Command): Command {
  const share = "distributed-discrete-gaussian";
  const sums = `${share}, skellam as a sum of shares`;
  return withSampling(command, MECHANISMS)
    .option(
      "--noise-multiplier <z>",
      `${MULTIPLIED.join(", ")}: noise over sensitivity`,
      positive("--noise-multiplier"),
    )
    .option("--sensitivity <number>", "integer mechanisms: L2, on the integers", positive("--sensitivity"), 1)
    .option("--l1-sensitivity <number>", "skellam: L1, on the integers", positive("--l1-sensitivity"))
    .option("--stddev <number>", "discrete-gaussian: σ, on the integers", positive("--stddev"))
    .option("--scale <number>", "discrete-laplace: scale, on the integers", positive("--scale"))
    .option("--variance <number>", "skellam: variance, on the integers", positive("--variance"))
    .option("--gamma <number>", `${sums}: granularity, 1/scale`, positive("--gamma"))
    .option("--local-stddev <number>", `${sums}: of one share`, positive("--local-stddev"))
    .option("--clients <number>", `${sums}: shares in the sum`, whole("--clients", 1, 1e9))
    .option("--clip <number>", `${sums}: L2 bound`, positive("--clip"))
    .option("--beta <number>", `${sums}: rounding`, between("--beta", 0, 1, "open"), DEFAULT_BETA)
    .option(
      "--dimension <number>",
      `coordinates: ${share} needs it; discrete-gaussian, skellam: 1 unless said`,
      whole("--dimension", 1, 1e9),
    );
}

/** The flags that all mechanisms have: which, and how it is sampled; and those of correlated noise. */
export function withSampling(command: Command, mechanisms: readonly string[]): Command {
  return withPattern(
    command
      .addOption(new Option("--mechanism <name>", "the mechanism").choices(mechanisms).makeOptionMandatory())
      .option(
        "--sampling-probability <q>",
        "each client takes part by its own coin",
        between("--sampling-probability", 0, 1),
        1,
      ),
  );
}

/** The event that the flags describe; `refuse` ends the command where one is missing. */
export function eventOf(options: MechanismOptions, refuse: (message: string) => never): PrivacyEvent {
  const { mechanism, samplingProbability: probability } = options;
  if (probability !== 1 && CORRELATIONS.some((name) => name === mechanism)) {
    return refuse(`error: --sampling-probability: ${mechanism} counts everybody; it is 1`);
  }
  const event = mechanismOf(options, (flag, value, range = "a number above 0") =>
    value === undefined ? refuse(`error: ${flag}: ${mechanism} needs it, ${range}`) : value,
  );
  return probability === 1 ? event : { mechanism: "poisson-sampled", probability, event };
}

function mechanismOf(options: MechanismOptions, require: Require): MechanismEvent {
  const { mechanism, sensitivity, dimension = 1 } = options;
  switch (mechanism) {
    case "gaussian":
    case "laplace":
      return { mechanism, noiseMultiplier: require("--noise-multiplier", options.noiseMultiplier) };
    case "tree":
    case "toeplitz":
      return {
        mechanism: "correlated-gaussian",
        noiseMultiplier: require("--noise-multiplier", options.noiseMultiplier),
        squaredSensitivity: squaredSensitivityOf(mechanism, options, require),
      };
    case "discrete-gaussian":
      return { mechanism, sensitivity, stddev: require("--stddev", options.stddev), dimension };
    case "discrete-laplace":
      return { mechanism, sensitivity, scale: require("--scale", options.scale) };
    case "skellam": {
      if (options.variance === undefined && options.gamma !== undefined) {
        const { localStddev, clients, ...norms } = sharesOf(options, require);
        return { mechanism, ...norms, variance: localStddev ** 2 * clients };
      }
      const l1Sensitivity = options.l1Sensitivity ?? l1Of(sensitivity, dimension);
      const variance = require("--variance", options.variance);
      return { mechanism, sensitivity, l1Sensitivity, variance, dimension };
    }
    case "distributed-discrete-gaussian":
      return { mechanism, ...sharesOf(options, require) };
  }
}

/** Rounded vectors and shares of noise, in steps of the granularity. */
function sharesOf(options: MechanismOptions, require: Require) {
  const gamma = require("--gamma", options.gamma);
  const dimension = require("--dimension", options.dimension, "a whole number from 1 to 1000000000");
  const scaledClip = require("--clip", options.clip) / gamma;
  const sensitivity = roundedNorm(scaledClip, dimension, -Math.log(options.beta));
  return {
    sensitivity,
    l1Sensitivity: l1Of(sensitivity, dimension),
    localStddev: require("--local-stddev", options.localStddev) / gamma,
    clients: require("--clients", options.clients, "a whole number from 1 to 1000000000"),
    dimension,
  };
}

/** Of integers with this L2 norm. */
const l1Of = (norm: number, dimension: number) => norm * Math.min(Math.sqrt(dimension), norm);
