import {
  addSealed,
  type ByteSource,
  emptySum,
  isLinear,
  type Mechanism,
  releaseNoise,
  type SealingPlan,
  type TaskSpec,
} from "@tacit/shared";
import { createRule } from "./create-rule.js";
import { mean } from "./mean.js";
import { isWithinBound, type VisibleSum } from "./norm-bound.js";

/** The one joint vector that a round comes to. */
export interface Combined {
  /**
   * The combined update. The item prior's histogram and metrics are always the mean of the clients that count: a bucket that few have
   * marked has no median but zero, and one vector that Krum chooses has all of its own noise.
   */
  readonly joint: Float32Array;
  /** Clients behind the sums that passed the norm bound. */
  readonly contributors: number;
  /** Opened vectors that were combined, each with the coordinator's noise where it makes any. */
  readonly vectors: number;
  readonly noiseState: Int32Array;
}

interface CombineOptions {
  readonly task: Pick<TaskSpec, "cohort" | "aggregation">;
  readonly plan: SealingPlan;
  readonly mechanism: Mechanism;
  readonly sums: readonly VisibleSum[];
  readonly noiseState: Int32Array;
  readonly bytes: ByteSource;
}

/**
 * Opens a round's sums and combines their means by the task's rule; undefined where none passed the norm bound. A trusted
 * coordinator's noise is put on the sum where the rule is a mean, whose sensitivity it covers, and otherwise on each
 * update before the rule sees it: a median or Krum then is a function of vectors that are private already.
 */
export function combineSums(options: CombineOptions): Combined | undefined {
  const { task, plan, mechanism, sums, bytes } = options;
  const { combine } = task.aggregation;
  const whole = combine === "mean" && task.cohort.groups === 1;
  const kept = whole ? sums : sums.filter((sum) => isWithinBound(plan, sum));
  if (kept.length === 0) return undefined;
  // Groups' sums have a modulus for one group only.
  const opened = isLinear(combine) && task.cohort.groups === 1 ? [pooled(plan, kept)] : kept;
  let noiseState = options.noiseState;
  const means = opened.map(({ sum, contributors }) => {
    const release = releaseNoise(plan, noiseState, bytes);
    noiseState = release.state;
    return mechanism.open(sum, contributors, release.noise);
  });
  const weights = opened.map(({ contributors }) => contributors);
  const joint = new Float32Array(plan.dimension);
  const part = (from: number, to: number) => means.map((vector) => vector.subarray(from, to));
  const trained = plan.prior?.first ?? plan.updateLength;
  joint.set(createRule(task.aggregation)(part(0, trained), weights));
  joint.set(mean(part(trained, plan.dimension), weights), trained);
  return { joint, contributors: weights.reduce((a, b) => a + b, 0), vectors: means.length, noiseState };
}

function pooled(plan: SealingPlan, sums: readonly VisibleSum[]): VisibleSum {
  const [only] = sums;
  if (only && sums.length === 1) return only;
  const sum = emptySum(plan);
  for (const part of sums) addSealed(plan, sum, part.sum);
  return { sum, contributors: sums.reduce((total, { contributors }) => total + contributors, 0) };
}
