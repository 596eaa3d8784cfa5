import type { TaskSpec } from "../task/task-spec.js";
import { roundedNorm } from "./rounded-norm.js";
import { sealingScale } from "./sealing-scale.js";

/** What the sealing depends on: a task, or the beginning of one. */
export interface SealingTask {
  readonly privacy: Pick<
    TaskSpec["privacy"],
    "mode" | "clip" | "adaptiveClip" | "noiseMultiplier" | "bits" | "delta" | "maximumEpsilon"
  >;
  readonly cohort: Pick<TaskSpec["cohort"], "size" | "minimum" | "corruptFraction">;
}

/** Everything the client half and the coordinator half of the mechanism share. */
export interface SealingPlan {
  /** Of the network. */
  readonly parameters: number;
  /** Of the joint vector: parameters and metrics. */
  readonly dimension: number;
  readonly clip: number;
  readonly bits: number;
  /** Integers a unit: the inverse of the grid's step. */
  readonly scale: number;
  /** Standard deviation of one client's share of noise, on the integers; an integer itself. */
  readonly shareDeviation: number;
  /** L2 bound of one client's integers, Δ2. */
  readonly integerNorm: number;
  /** Contributors whose shares are counted on: U_min − ⌊γ U_min⌋. */
  readonly honestContributors: number;
}

export type PlannedSealing =
  | { readonly ok: true; readonly plan: SealingPlan }
  | { readonly ok: false; readonly field: string; readonly message: string };

/** More than this only widens the integers: the rounding is then below a thousandth of the noise. */
const FINEST_SCALED_CLIP = 4096;
const LEAST_DEVIATION = 3;
const GREATEST_DEVIATION = 2 ** 20;

/** Metrics that a client adds to its update: whether it was within the clip, where the clip adapts to that. */
export const metricCount = (privacy: { readonly adaptiveClip?: unknown }): number =>
  privacy.adaptiveClip === undefined ? 0 : 1;

/** Noise share and scale for a task's network of so many parameters; refuses what could overflow or be too coarse. */
export function planSealing({ privacy, cohort }: SealingTask, parameters: number): PlannedSealing {
  const dimension = parameters + metricCount(privacy);
  const { clip, noiseMultiplier, bits } = privacy;
  const honestContributors = cohort.minimum - Math.floor(cohort.corruptFraction * cohort.minimum);
  const shares = privacy.mode === "local" ? 1 : honestContributors;
  const localDeviation = (noiseMultiplier * clip) / Math.sqrt(shares);
  const fitting = sealingScale({ localDeviation, clip, bits, clients: cohort.size, dimension }) ?? 0;
  const finest = Math.min(FINEST_SCALED_CLIP / clip, fitting, GREATEST_DEVIATION / localDeviation);
  const shareDeviation = Math.floor(finest * localDeviation);
  if (!(shareDeviation >= LEAST_DEVIATION)) {
    const message = `2^${bits} is too small a modulus for ${cohort.size} clients and ${dimension} coordinates: the noise share would have a deviation of ${Math.max(0, shareDeviation)} steps, the least is ${LEAST_DEVIATION}`;
    return { ok: false, field: "privacy.bits", message };
  }
  const scale = shareDeviation / localDeviation;
  const integerNorm = roundedNorm(scale * clip, dimension);
  return {
    ok: true,
    plan: { parameters, dimension, clip, bits, scale, shareDeviation, integerNorm, honestContributors },
  };
}
