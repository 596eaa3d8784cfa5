import { strictCommand } from "@tacit/server/command-line";
import type { Command } from "commander";
import { populationOf } from "../virtual/run/population-options.js";
import { comparedArms } from "./arm.js";
import {
  type ExperimentCommandOptions,
  epsilons,
  experiment,
  experimentOptions,
} from "./experiment-options.js";

interface CompareOptions extends ExperimentCommandOptions {
  readonly epsilons: readonly number[];
}

/** `tacit-sim compare`: what privacy costs, beside honest baselines. */
export function compareCommand(
  supervise: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>,
): Command {
  const command = strictCommand("compare").description(
    "Set federations with less and less privacy beside random, popularity, each client alone, and centralised training.",
  );
  return experimentOptions(command)
    .option("--epsilons <list>", "budgets of the whole run, one arm each", epsilons, [8, 4, 2, 1])
    .addHelpText(
      "after",
      `
Examples:
  $ tacit-sim compare --clients 20000 --interactions 40 --cohort 500 --rounds 30 --out movies
  $ tacit-sim compare ml-100k --implicit --replicas 30 --cohort 5000 --rounds 40 --epsilons 8,4,2

The same command with the same folder goes on where it was stopped.
Exit codes: 0 done, 1 failed, 2 bad parameters, 130 stopped by Ctrl-C.`,
    )
    .action((source: string, options: CompareOptions) =>
      supervise(async (signal) => {
        const population = await populationOf(source, options);
        const variations = [{ name: "", overrides: {} }];
        await experiment({ population, variations, arms: comparedArms(options.epsilons) }, options, signal);
      }),
    );
}
