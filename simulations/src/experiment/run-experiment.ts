import { armName } from "../scenario/arm.js";
import type { Played, PreparedTrial, TrialProgress } from "../scenario/scenario.js";
import type { Trial } from "../scenario/trial.js";
import { TrainingDivergedError } from "../virtual/run/training-diverged-error.js";
import type { ExperimentPlan } from "./experiment-plan.js";
import type { KeptTrial, TrialFolder } from "./trial-folder.js";

export interface ExperimentOptions {
  readonly plan: ExperimentPlan;
  readonly folder: TrialFolder;
  readonly signal: AbortSignal;
  readonly progress: ExperimentProgress;
}

/** What an experiment tells whoever watches it. */
export interface ExperimentProgress {
  /** A trial begins; how far it is, is told to what is returned. */
  trial(about: { readonly name: string; readonly done: number; readonly of: number }): TrialProgress;
  stop(): void;
}

/** A trial, and what it was played with. */
export interface FinishedTrial extends KeptTrial {
  readonly prepared: PreparedTrial;
}

/** Plays what has not been played yet, one trial after the other, and returns all of them. */
export async function runExperiment(options: ExperimentOptions): Promise<FinishedTrial[]> {
  const { plan, folder, signal, progress } = options;
  const { scenario } = plan;
  const trials = plan.variations.flatMap((variation) =>
    plan.seeds.flatMap((seed) => plan.arms.map((arm) => ({ variation, seed, arm }))),
  );
  const finished: FinishedTrial[] = [];
  try {
    for (const { variation, seed, arm } of trials) {
      signal.throwIfAborted();
      const name = armName(arm);
      const prepared = await scenario.prepare({ arm, seed, overrides: variation.overrides });
      const identity = { spec: prepared.spec, arm: name, users: scenario.users };
      const kept = await folder.read(identity);
      const label = [variation.name, name, `seed ${seed}`].filter((part) => part !== "").join(", ");
      const watching = progress.trial({ name: label, done: finished.length, of: trials.length });
      if (kept) {
        // Another experiment may have called the same setting otherwise.
        finished.push({ ...kept, variation: variation.name, prepared });
        watching(1, 1, "played before");
        continue;
      }
      const started = performance.now();
      const played = await orDiverged(prepared.play({ signal, progress: watching }));
      const { parameters, ...figures } = played;
      const seconds = (performance.now() - started) / 1000;
      const trial: Trial = { variation: variation.name, arm: name, seed, ...figures, seconds };
      await folder.write(identity, trial, played);
      finished.push({ ...trial, ...(parameters && { parameters }), prepared });
      watching(1, 1, "played");
    }
  } finally {
    progress.stop();
  }
  return finished;
}

/** Training that diverges is a result, too: a sweep of rates goes on to the next one. */
const orDiverged = (playing: Promise<Played>): Promise<Played & Pick<Trial, "diverged">> =>
  playing.catch((error: unknown) => {
    if (!(error instanceof TrainingDivergedError)) throw error;
    return { metrics: {}, users: 0, course: [], privacy: null, modelHash: null, diverged: error.message };
  });
