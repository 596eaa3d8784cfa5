import { strictCommand } from "@tacit/server/command-line";
import { type Command, InvalidArgumentError } from "commander";
import { ARM_KINDS, comparedArms } from "../scenario/arm.js";
import { supervise } from "../supervise.js";
import {
  type ExperimentCommandOptions,
  epsilons,
  experiment,
  experimentOptions,
} from "./experiment-options.js";
import { refuseGiven, refuseNoiseCohort, scenarioOf } from "./scenario-of.js";

interface CompareOptions extends ExperimentCommandOptions {
  readonly epsilons: readonly number[];
  readonly without: readonly string[];
}

/** `tacit-sim compare`: what privacy costs, beside honest baselines. */
export function compareCommand(): Command {
  const command = strictCommand("compare").description(
    "Set federations with less and less epsilon beside random, popularity, each client alone, and centralised training.",
  );
  return experimentOptions(command)
    .option("--epsilons <list>", "budgets of the whole run, one arm each; or none", epsilons, [8, 4, 2, 1])
    .option("--without <arms>", "kinds to leave out, by commas, such as initial,local-only", kinds, [])
    .addHelpText(
      "after",
      `
Examples:
  $ tacit-sim compare --clients 20000 --interactions 40 --cohort 500 --rounds 30 --out movies
  $ tacit-sim compare e-commerce --epsilons 8,4,2,1 --seeds 5 --out shop
  $ tacit-sim compare ml-100k --implicit --replicas 30 --cohort 5000 --rounds 40 --epsilons 8,4,2

The same command with the same folder goes on where it was stopped.
Exit codes: 0 done, 1 failed or refused, 2 bad parameters, 130 stopped by Ctrl-C.`,
    )
    .action((source: string, options: CompareOptions, command: Command) =>
      supervise(async (signal) => {
        if (options.without.includes("federated")) {
          refuseGiven(command, ["epsilons", "noiseCohort"], "a comparison without federated");
        }
        refuseNoiseCohort(command, options.epsilons);
        const scenario = await scenarioOf(source, options, command);
        const variations = [{ name: "", overrides: {} }];
        const kinds = scenario.arms.filter((kind) => !options.without.includes(kind));
        const arms = comparedArms({ kinds, epsilons: options.epsilons, baseline: scenario.baseline });
        await experiment({ scenario, variations, arms }, options, signal);
      }),
    );
}

function kinds(value: string): string[] {
  const listed = value.split(",");
  const unknown = listed.find((kind) => !ARM_KINDS.some((known) => known === kind));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`--without: there is no "${unknown}" among ${ARM_KINDS.join(", ")}`);
  }
  return listed;
}
