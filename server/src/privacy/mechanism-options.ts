import { type MechanismEvent, type PrivacyEvent, roundedNorm } from "@tacit/shared";
import { type Command, Option } from "commander";
import { between, positive, whole } from "../command-line.js";

const MECHANISMS = [
  "gaussian",
  "discrete-gaussian",
  "laplace",
  "discrete-laplace",
  "skellam",
  "distributed-discrete-gaussian",
] as const;

export interface MechanismOptions {
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

/** Adds the flags that describe one mechanism. */
export function withMechanism(command: Command): Command {
  const share = "distributed-discrete-gaussian";
  return command
    .addOption(new Option("--mechanism <name>", "the mechanism").choices(MECHANISMS).makeOptionMandatory())
    .option(
      "--noise-multiplier <z>",
      "gaussian, laplace: noise over sensitivity",
      positive("--noise-multiplier"),
    )
    .option(
      "--sampling-probability <q>",
      "each client takes part by its own coin",
      between("--sampling-probability", 0, 1),
      1,
    )
    .option("--sensitivity <number>", "integer mechanisms: L2, on the integers", positive("--sensitivity"), 1)
    .option("--l1-sensitivity <number>", "skellam: L1, on the integers", positive("--l1-sensitivity"))
    .option("--stddev <number>", "discrete-gaussian: σ, on the integers", positive("--stddev"))
    .option("--scale <number>", "discrete-laplace: scale, on the integers", positive("--scale"))
    .option("--variance <number>", "skellam: variance, on the integers", positive("--variance"))
    .option("--gamma <number>", `${share}: granularity, 1/scale`, positive("--gamma"))
    .option("--local-stddev <number>", `${share}: of one share`, positive("--local-stddev"))
    .option("--clients <number>", `${share}: shares in the sum`, whole("--clients", 1, 1e9))
    .option("--clip <number>", `${share}: L2 bound`, positive("--clip"))
    .option("--beta <number>", `${share}: rounding`, between("--beta", 0, 1, "open"), DEFAULT_BETA)
    .option("--dimension <number>", `${share}: coordinates`, whole("--dimension", 1, 1e9));
}

/** The event that the flags describe; `refuse` ends the command where one is missing. */
export function eventOf(options: MechanismOptions, refuse: (message: string) => never): PrivacyEvent {
  const { samplingProbability: probability } = options;
  const event = mechanismOf(options, (flag, value) =>
    value === undefined ? refuse(`error: ${flag}: ${options.mechanism} needs it, a number above 0`) : value,
  );
  return probability === 1 ? event : { mechanism: "poisson-sampled", probability, event };
}

type Require = (flag: string, value: number | undefined) => number;

function mechanismOf(options: MechanismOptions, require: Require): MechanismEvent {
  const { mechanism, sensitivity } = options;
  switch (mechanism) {
    case "gaussian":
    case "laplace":
      return { mechanism, noiseMultiplier: require("--noise-multiplier", options.noiseMultiplier) };
    case "discrete-gaussian":
      return { mechanism, sensitivity, stddev: require("--stddev", options.stddev) };
    case "discrete-laplace":
      return { mechanism, sensitivity, scale: require("--scale", options.scale) };
    case "skellam": {
      const l1Sensitivity = options.l1Sensitivity ?? sensitivity * sensitivity;
      return { mechanism, sensitivity, l1Sensitivity, variance: require("--variance", options.variance) };
    }
    case "distributed-discrete-gaussian": {
      const gamma = require("--gamma", options.gamma);
      const dimension = require("--dimension", options.dimension);
      const scaledClip = require("--clip", options.clip) / gamma;
      const norm = roundedNorm(scaledClip, dimension, -Math.log(options.beta));
      return {
        mechanism,
        sensitivity: norm,
        l1Sensitivity: norm * Math.min(Math.sqrt(dimension), norm),
        localStddev: require("--local-stddev", options.localStddev) / gamma,
        clients: require("--clients", options.clients),
        dimension,
      };
    }
  }
}
