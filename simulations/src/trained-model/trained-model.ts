import type { TaskSpec } from "@tacit/shared";

/** A task and one version of its model, as a run's `--out` folder has them: `task.json` and `model.bin`. */
export interface TrainedModel {
  readonly task: TaskSpec;
  readonly modelVersion: number;
  readonly parameters: Float32Array;
  /** Of updates that are made from this version. */
  readonly clip: number;
}
