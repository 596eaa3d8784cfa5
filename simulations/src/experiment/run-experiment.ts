import type { Engine } from "@tacit/shared";
import type { EngineChoice } from "../population/engine-choice.js";
import { mergedOverrides } from "../task-defaults/task-overrides.js";
import { type OpenSource, openDataset } from "../virtual/run/open-source.js";
import { type PreparedRun, prepareRun, type RunOptions } from "../virtual/run/prepare-run.js";
import type { RunProgress } from "../virtual/run/run-virtual.js";
import { type Arm, armName } from "./arm.js";
import type { ExperimentPlan, Variation } from "./experiment-plan.js";
import { playTrial } from "./play-trial.js";
import type { Trial } from "./trial.js";
import type { KeptTrial, TrialFolder } from "./trial-folder.js";

export interface ExperimentOptions {
  readonly plan: ExperimentPlan;
  readonly engine: Engine;
  readonly engineChoice: EngineChoice;
  readonly workers: number;
  readonly folder: TrialFolder;
  readonly signal: AbortSignal;
  readonly progress: ExperimentProgress;
}

/** What an experiment tells whoever watches it. */
export interface ExperimentProgress {
  /** A trial begins; its rounds, if it has any, are told to what is returned. */
  trial(about: { readonly name: string; readonly done: number; readonly of: number }): RunProgress;
  stop(): void;
}

/** A trial, and the task that it was played with. */
export interface FinishedTrial extends KeptTrial {
  readonly prepared: PreparedRun;
}

/** Plays what has not been played yet, one trial after the other, and returns all of them. */
export async function runExperiment(options: ExperimentOptions): Promise<FinishedTrial[]> {
  const { plan, folder, signal, progress } = options;
  const trials = plan.variations.flatMap((variation) =>
    plan.seeds.flatMap((seed) => plan.arms.map((arm) => ({ variation, seed, arm }))),
  );
  // Long to read and to pack, and the same for every trial.
  const { source, clients: most } = plan.population;
  const dataset = source === "movies" ? undefined : await openDataset(source, { ...plan.population, most });
  const finished: FinishedTrial[] = [];
  try {
    for (const { variation, seed, arm } of trials) {
      signal.throwIfAborted();
      const name = armName(arm);
      const prepared = await prepare(options, { variation, arm, seed }, dataset);
      const identity = { spec: prepared.spec, arm: name, users: plan.users };
      const kept = await folder.read(identity);
      const label = [variation.name, name, `seed ${seed}`].filter((part) => part !== "").join(", ");
      const watching = progress.trial({ name: label, done: finished.length, of: trials.length });
      if (kept) {
        finished.push({ ...kept, prepared });
        continue;
      }
      const started = performance.now();
      const played = await playTrial(arm, { ...options, prepared, users: plan.users, progress: watching });
      const { parameters, ...figures } = played;
      const seconds = (performance.now() - started) / 1000;
      const trial: Trial = { variation: variation.name, arm: name, seed, ...figures, seconds };
      await folder.write(identity, trial, played);
      finished.push({ ...trial, ...(parameters && { parameters }), prepared });
    }
  } finally {
    progress.stop();
  }
  return finished;
}

/** The arm's population and task. What does not federate has no price: it is prepared like a federation without noise. */
function prepare(
  { plan, engine }: ExperimentOptions,
  { variation, arm, seed }: { readonly variation: Variation; readonly arm: Arm; readonly seed: number },
  dataset: OpenSource | undefined,
): Promise<PreparedRun> {
  const epsilon = arm.kind === "federated" ? arm.epsilon : undefined;
  const run: RunOptions = {
    ...plan.population,
    overrides: mergedOverrides([plan.population.overrides ?? {}, variation.overrides]),
    seed,
    ...(epsilon === undefined ? { epsilon: 1, privacy: false } : { epsilon, privacy: "distributed" }),
    path: "fast",
    engine: engine.name,
  };
  return prepareRun(run, dataset);
}
