import type { HeardMetrics } from "../virtual/run/heard-metrics.js";
import type { SpentPrivacy } from "../virtual/run/run-plan.js";

/** One arm, played once: plain data, kept in a file. */
export interface Trial {
  /** Which task, where several are compared. */
  readonly variation: string;
  readonly arm: string;
  readonly seed: number;
  /** By name; what could not be measured is absent. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Clients that it was judged on. */
  readonly users: number;
  /** After each model version, of arms that come by in rounds. */
  readonly course: readonly TrialRound[];
  readonly privacy: SpentPrivacy | null;
  /** What the sums of a federation told of the metrics that its task names; absent where there are none. */
  readonly heard?: HeardMetrics;
  /** Link of the model's hash chain. */
  readonly modelHash: string | null;
  /** Of updates that would be made from the last version, where the task adapts it. */
  readonly clip?: number;
  readonly seconds: number;
  /** Why it came to nothing: no metrics, no course, no model. */
  readonly diverged?: string;
}

interface TrialRound {
  readonly round: number;
  /** The experiment's first metric of a sample, where it was looked at. */
  readonly value: number | null;
  /** Spent so far by whoever took part most often. */
  readonly epsilon: number | null;
  readonly loss: number | null;
  readonly shareClipped: number | null;
}
