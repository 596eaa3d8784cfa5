import { epsilonOfRdp, roundedNorm, sealingScale } from "@tacit/shared";
import { type Command, Option } from "commander";
import { between, orders, positive, strictCommand, whole } from "../command-line.js";
import {
  CORRELATIONS,
  type Correlation,
  type PatternOptions,
  squaredSensitivityOf,
  withPattern,
} from "./correlated-noise.js";

/** `privacy sensitivity`, `scale`, `rounded-norm`, `convert`: single figures of the mathematics, to check or to plan by. */
export function figureCommands(): Command[] {
  return [sensitivity(), scale(), norm(), convert()];
}

interface SensitivityOptions extends PatternOptions {
  readonly mechanism: Correlation;
  readonly json?: boolean;
}

function sensitivity(): Command {
  const command = withPattern(
    strictCommand("sensitivity")
      .description("Squared sensitivity of correlated noise over the steps of a run.")
      .addOption(
        new Option("--mechanism <name>", "how the noise is correlated")
          .choices(CORRELATIONS)
          .makeOptionMandatory(),
      ),
  ).option("--json", "print one JSON object");
  return command.action((options: SensitivityOptions) => {
    const squared = squaredSensitivityOf(
      options.mechanism,
      options,
      (flag, value, range) =>
        value ?? command.error(`error: ${flag}: ${options.mechanism} needs it, ${range}`),
    );
    console.log(options.json ? JSON.stringify({ squared }) : `squared sensitivity ${squared}`);
  });
}

interface ScaleOptions {
  readonly localStddev: number;
  readonly clip: number;
  readonly bits: number;
  readonly clients: number;
  readonly dimension: number;
  readonly k?: number;
  readonly json?: boolean;
}

function scale(): Command {
  const command = strictCommand("scale")
    .description("Integers a unit for the sum of a cohort to fit into a modulus of 2^bits.")
    .requiredOption("--local-stddev <number>", "of one share of noise", positive("--local-stddev"))
    .requiredOption("--clip <number>", "L2 bound", positive("--clip"))
    .requiredOption("--bits <number>", "of the modulus", whole("--bits", 8, 32))
    .requiredOption("--clients <number>", "in the cohort", whole("--clients", 1, 1e9))
    .requiredOption("--dimension <number>", "coordinates", whole("--dimension", 1, 1e9))
    .option("--k <number>", "standard deviations of a coordinate that must fit", positive("--k"))
    .option("--json", "print one JSON object");
  return command.action(({ localStddev, clip, bits, clients, dimension, k, json }: ScaleOptions) => {
    const value = sealingScale({ localDeviation: localStddev, clip, bits, clients, dimension, k });
    if (value === undefined) command.error(`error: --bits: 2^${bits} is too small for ${clients} clients`);
    console.log(json ? JSON.stringify({ scale: value }) : `scale ${value}`);
  });
}

function norm(): Command {
  return strictCommand("rounded-norm")
    .description("L2 norm that a scaled vector keeps after stochastic rounding.")
    .requiredOption("--scaled-clip <number>", "its norm before", positive("--scaled-clip"))
    .requiredOption("--dimension <number>", "coordinates", whole("--dimension", 1, 1e9))
    .option("--beta <number>", "chance of rounding again", between("--beta", 0, 1, "open"), Math.exp(-0.5))
    .option("--json", "print one JSON object")
    .action(
      ({
        scaledClip,
        dimension,
        beta,
        json,
      }: Record<"scaledClip" | "dimension" | "beta", number> & { json?: boolean }) => {
        const value = roundedNorm(scaledClip, dimension, -Math.log(beta));
        console.log(json ? JSON.stringify({ roundedNorm: value }) : `rounded norm ${value}`);
      },
    );
}

function convert(): Command {
  return strictCommand("convert")
    .description("Epsilon of a Rényi divergence that is the same at all these orders.")
    .requiredOption("--orders <list>", "above 1: 1.5,2.5,5 or 2..32", orders("--orders"))
    .requiredOption("--rdp <number>", "the divergence", positive("--rdp"))
    .option("--delta <delta>", "between 0 and 1", between("--delta", 0, 1, "open"), 1e-5)
    .option("--json", "print one JSON object")
    .action((options: { orders: number[]; rdp: number; delta: number; json?: boolean }) => {
      const epsilon = epsilonOfRdp(
        options.orders.map(() => options.rdp),
        options.delta,
        options.orders,
      );
      console.log(options.json ? JSON.stringify({ epsilon, delta: options.delta }) : `epsilon ${epsilon}`);
    });
}
