import type { Command } from "commander";
import { RefusedError } from "../refused-error.js";
import type { TrainedModel } from "../trained-model/trained-model.js";
import { writeTrainedModel } from "../trained-model/write-trained-model.js";
import { type ExperimentCommandOptions, experiment } from "./experiment-options.js";
import type { FinishedTrial } from "./run-experiment.js";
import { refuseGiven, refuseNoise, scenarioOf } from "./scenario-of.js";

export interface RunLiveOptions extends Omit<ExperimentCommandOptions, "seeds" | "firstSeed"> {
  readonly seed: number;
  readonly epsilon: number;
  /** False: no noise. */
  readonly privacy: string | false;
}

/** What only a run of histories can do. */
const OF_RUNS = ["path", "evaluateEvery", "checkpoint", "checkpointEvery", "resume", "profile"];

/**
 * A live environment's federation, once: an experiment of one arm and one seed, that leaves its model in `--out`.
 * @throws RefusedError for options that do not go with it.
 */
export async function runLive(
  source: string,
  options: RunLiveOptions,
  command: Command,
  signal: AbortSignal,
): Promise<void> {
  const { seed, epsilon, privacy } = options;
  refuseGiven(command, OF_RUNS, source);
  if (privacy === false) refuseNoise(command);
  if (privacy !== false && privacy !== "distributed") {
    throw new RefusedError(`--privacy: in ${source} the noise is distributed`);
  }
  const scenario = await scenarioOf(source, options, command);
  const arm = { kind: "federated", epsilon: privacy === false ? undefined : epsilon } as const;
  const plan = { scenario, variations: [{ name: "", overrides: {} }], arms: [arm] };
  const [trial] = await experiment(plan, { ...options, seeds: 1, firstSeed: seed }, signal);
  const model = trial && modelOf(trial);
  if (model && options.out !== undefined) await writeTrainedModel(options.out, model);
}

/** Undefined where the training diverged. */
function modelOf({ prepared, parameters, course, clip }: FinishedTrial): TrainedModel | undefined {
  const { task } = prepared.spec;
  const modelVersion = course.at(-1)?.round;
  if (!parameters || modelVersion === undefined) return undefined;
  return { task, modelVersion, parameters, clip: clip ?? task.privacy.clip };
}
