import {
  composeRdp,
  epsilonOfRdp,
  epsilonOfZcdp,
  gaussianEpsilon,
  type PrivacyEvent,
  rhoOfGaussian,
  roundedNorm,
  subsampledGaussianEpsilon,
} from "@tacit/shared";
import { Command, Option } from "commander";
import { between, positive, whole } from "./numeric-option.js";

const MECHANISMS = [
  "gaussian",
  "discrete-gaussian",
  "laplace",
  "skellam",
  "distributed-discrete-gaussian",
] as const;
const ACCOUNTANTS = ["rdp", "pld", "zcdp", "exact"] as const;

interface EpsilonOptions {
  readonly mechanism: (typeof MECHANISMS)[number];
  readonly accountant: (typeof ACCOUNTANTS)[number];
  readonly noiseMultiplier?: number;
  readonly samplingProbability: number;
  readonly compositions: number;
  readonly delta: number;
  readonly sensitivity: number;
  readonly l1Sensitivity?: number;
  readonly stddev?: number;
  readonly variance?: number;
  readonly gamma?: number;
  readonly localStddev?: number;
  readonly clients?: number;
  readonly clip?: number;
  readonly beta: number;
  readonly dimension?: number;
  readonly json?: boolean;
}

const EXIT_BAD_PARAMETER = 2;
const HALF_LOG = 0.5;

/** `privacy epsilon`: what one mechanism costs, read by one accountant. */
export function privacyCommand(): Command {
  const privacy = new Command("privacy").description("Answers about what privacy costs.");
  const command = privacy
    .command("epsilon")
    .description("Epsilon of a mechanism that is used so many times.")
    .addOption(new Option("--mechanism <name>", "the mechanism").choices(MECHANISMS).makeOptionMandatory())
    .addOption(new Option("--accountant <name>", "who counts").choices(ACCOUNTANTS).default("rdp"))
    .option(
      "--noise-multiplier <z>",
      "gaussian, laplace: noise over sensitivity",
      positive("--noise-multiplier"),
    )
    .option(
      "--sampling-probability <q>",
      "gaussian: Poisson sampling",
      between("--sampling-probability", 0, 1),
      1,
    )
    .option("--compositions <number>", "times it is used", whole("--compositions", 1, 1e12), 1)
    .option("--delta <delta>", "between 0 and 1", between("--delta", 0, 1, "open"), 1e-5)
    .option(
      "--sensitivity <number>",
      "discrete-gaussian, skellam: L2, on the integers",
      positive("--sensitivity"),
      1,
    )
    .option("--l1-sensitivity <number>", "skellam: L1, on the integers", positive("--l1-sensitivity"))
    .option("--stddev <number>", "discrete-gaussian: σ, on the integers", positive("--stddev"))
    .option("--variance <number>", "skellam: variance, on the integers", positive("--variance"))
    .option("--gamma <number>", "distributed-discrete-gaussian: granularity, 1/scale", positive("--gamma"))
    .option(
      "--local-stddev <number>",
      "distributed-discrete-gaussian: of one share",
      positive("--local-stddev"),
    )
    .option(
      "--clients <number>",
      "distributed-discrete-gaussian: shares in the sum",
      whole("--clients", 1, 1e9),
    )
    .option("--clip <number>", "distributed-discrete-gaussian: L2 bound", positive("--clip"))
    .option(
      "--beta <number>",
      "distributed-discrete-gaussian: rounding",
      between("--beta", 0, 1, "open"),
      Math.exp(-HALF_LOG),
    )
    .option(
      "--dimension <number>",
      "distributed-discrete-gaussian: coordinates",
      whole("--dimension", 1, 1e9),
    )
    .option("--json", "print one JSON object")
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_PARAMETER))
    .configureOutput({ outputError: (text, write) => write(text.split("\n")[0]?.concat("\n") ?? text) })
    .showHelpAfterError(false);
  command.action((options: EpsilonOptions) => {
    const { mechanism, accountant, compositions, delta } = options;
    const require = (name: string, value: number | undefined): number => {
      if (value === undefined) command.error(`error: ${name}: ${mechanism} needs it, a number above 0`);
      return value ?? Number.NaN;
    };
    const epsilon = epsilonOf(options, require, (message) => command.error(`error: ${message}`));
    const answer = { epsilon, delta, accountant, mechanism, compositions };
    console.log(
      options.json ? JSON.stringify(answer) : `epsilon ${epsilon} at delta ${delta} (${accountant})`,
    );
  });
  return privacy;
}

type Require = (name: string, value: number | undefined) => number;

function epsilonOf(options: EpsilonOptions, require: Require, refuse: (message: string) => never): number {
  const { accountant, compositions, delta, mechanism, samplingProbability } = options;
  if (accountant === "rdp") {
    const orders = mechanism === "distributed-discrete-gaussian" ? INTEGER_ORDERS : undefined;
    return epsilonOfRdp(
      composeRdp([{ event: eventOf(options, require), compositions }], orders),
      delta,
      orders,
    );
  }
  if (mechanism === "gaussian" && accountant === "pld") {
    const z = require("--noise-multiplier", options.noiseMultiplier);
    return subsampledGaussianEpsilon(samplingProbability, z, compositions, delta);
  }
  if (mechanism === "gaussian" && samplingProbability === 1) {
    const z = require("--noise-multiplier", options.noiseMultiplier);
    if (accountant === "exact") return gaussianEpsilon(z, compositions, delta);
    return epsilonOfZcdp(compositions * rhoOfGaussian(1, z), delta);
  }
  if (mechanism === "discrete-gaussian" && accountant === "zcdp") {
    const stddev = require("--stddev", options.stddev);
    return epsilonOfZcdp(compositions * rhoOfGaussian(options.sensitivity, stddev), delta);
  }
  return refuse(`--accountant: ${accountant} cannot count ${mechanism} with these parameters; use rdp`);
}

/** The orders of the mechanism's published accountant. */
const INTEGER_ORDERS = Array.from({ length: 255 }, (_, i) => i + 2);

function eventOf(options: EpsilonOptions, require: Require): PrivacyEvent {
  const { mechanism, sensitivity, samplingProbability } = options;
  switch (mechanism) {
    case "gaussian":
      return {
        mechanism,
        samplingProbability,
        noiseMultiplier: require("--noise-multiplier", options.noiseMultiplier),
      };
    case "laplace":
      return { mechanism, noiseMultiplier: require("--noise-multiplier", options.noiseMultiplier) };
    case "discrete-gaussian":
      return { mechanism, sensitivity, stddev: require("--stddev", options.stddev) };
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
