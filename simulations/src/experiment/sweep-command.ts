import { strictCommand } from "@tacit/server/command-line";
import type { Command } from "commander";
import { RefusedError } from "../refused-error.js";
import type { Arm } from "../scenario/arm.js";
import { supervise } from "../supervise.js";
import { mergedOverrides, parseSetting } from "../task-defaults/task-overrides.js";
import {
  type ExperimentCommandOptions,
  epsilons,
  experiment,
  experimentOptions,
} from "./experiment-options.js";
import type { Variation } from "./experiment-plan.js";
import { listedValues } from "./listed-values.js";
import { refuseNoiseCohort, scenarioOf } from "./scenario-of.js";

interface SweepOptions extends ExperimentCommandOptions {
  readonly vary: readonly string[];
  readonly epsilons: readonly number[];
  readonly withoutPrivacy?: boolean;
}

/** `tacit-sim sweep`: what a field of the task does. */
export function sweepCommand(): Command {
  const command = strictCommand("sweep").description(
    "Federate once for each value of a task's field, or of several.",
  );
  return experimentOptions(command)
    .requiredOption("--vary <field=values...>", "values by commas, such as learning.localSteps=2,4,8")
    .option("--epsilons <list>", "budgets of the whole run, one arm each; or none", epsilons, [8])
    .option("--without-privacy", "an arm without noise as well")
    .addHelpText(
      "after",
      `
Examples:
  $ tacit-sim sweep --vary privacy.clip=0.5,1,2 --vary learning.localSteps=2,6 --seeds 3 --out sweep
  $ tacit-sim sweep news --vary exploration.epsilon=0,0.05,0.2 --without-privacy
  $ tacit-sim sweep video --vary exploration.kind=epsilon-greedy,boltzmann,ucb,thompson --generations 3
  $ tacit-sim sweep news --vary 'exploration={"kind":"ucb","width":0.3},{"kind":"boltzmann","targetEntropy":0.2}'
  $ tacit-sim sweep ml-100k --implicit --vary 'model.encoder="gru","attention","mean"' --without-privacy

Several fields give every combination. The same command with the same folder goes on where it was stopped.
Exit codes: 0 done, 1 failed or refused, 2 bad parameters, 130 stopped by Ctrl-C.`,
    )
    .action((source: string, options: SweepOptions, command: Command) =>
      supervise(async (signal) => {
        refuseNoiseCohort(command, options.epsilons);
        const scenario = await scenarioOf(source, options, command);
        const arms: Arm[] = [
          ...(options.withoutPrivacy ? [{ kind: "federated", epsilon: undefined } as const] : []),
          ...options.epsilons.map((epsilon) => ({ kind: "federated", epsilon }) as const),
        ];
        await experiment({ scenario, variations: variationsOf(options.vary), arms }, options, signal);
      }),
    );
}

/**
 * Every combination of the fields' values.
 * @throws RefusedError for what is no field with values.
 */
function variationsOf(vary: readonly string[]): Variation[] {
  return vary.reduce<Variation[]>(
    (variations, text) => {
      const settings = settingsOf(text);
      return variations.flatMap(({ name, overrides }) =>
        settings.map((setting) => ({
          name: name === "" ? setting : `${name}, ${setting}`,
          overrides: mergedOverrides([overrides, parseSetting(setting)]),
        })),
      );
    },
    [{ name: "", overrides: {} }],
  );
}

function settingsOf(text: string): string[] {
  const equals = text.indexOf("=");
  if (equals < 1) {
    throw new RefusedError(`${text}: a field of the task and its values, such as privacy.clip=0.5,1,2`);
  }
  return [...new Set(listedValues(text.slice(equals + 1)))].map(
    (value) => `${text.slice(0, equals)}=${value}`,
  );
}
