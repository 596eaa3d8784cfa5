import { isMasked } from "../task/is-masked.js";
import type { TaskSpec } from "../task/task-spec.js";
import { groupOf, looksAtSingleUpdates } from "../task/visible-sums.js";
import { type MetricPlan, metricCoordinates } from "./metric-plan.js";
import { noiseFactor as factorOf, noiseGain } from "./noise-factor.js";
import { NOISE_SOURCES } from "./noise-sources.js";
import { type PriorSpan, priorSpan } from "./prior-span.js";
import { roundedNorm } from "./rounded-norm.js";
import { sealingScale } from "./sealing-scale.js";

/** What the sealing depends on: a task, or the beginning of one. */
export interface SealingTask {
  readonly privacy: Pick<
    TaskSpec["privacy"],
    | "mode"
    | "clip"
    | "adaptiveClip"
    | "correlation"
    | "metrics"
    | "noiseMultiplier"
    | "bits"
    | "delta"
    | "maximumEpsilon"
  >;
  readonly cohort: Pick<TaskSpec["cohort"], "size" | "minimum" | "corruptFraction"> &
    Partial<Pick<TaskSpec["cohort"], "groups">>;
  readonly aggregation?: Pick<TaskSpec["aggregation"], "combine">;
  readonly model?: Pick<TaskSpec["model"], "prior">;
}

/** Everything the client half and the coordinator half of the mechanism share. */
export interface SealingPlan {
  /** Of the network's parameters, or of what restricted updates leave of them. */
  readonly updateLength: number;
  /** Of the joint vector: update and metrics. */
  readonly dimension: number;
  readonly metrics: MetricPlan;
  /** Where the update holds a histogram instead of trained parameters; undefined where the task has no item prior. */
  readonly prior: PriorSpan | undefined;
  readonly clip: number;
  readonly bits: number;
  /** Integers a unit: the inverse of the grid's step. */
  readonly scale: number;
  /** Standard deviation of one client's share of noise, on the integers; an integer itself. 0: the coordinator adds it. */
  readonly shareDeviation: number;
  /** Standard deviation of the coordinator's noise on a sum, before it is correlated; 0: the clients add it. */
  readonly coordinatorDeviation: number;
  /** Coefficients of the factor that correlates the coordinator's noise over rounds; [1]: independent. */
  readonly noiseFactor: readonly number[];
  /** L2 bound of one client's integers, Δ2. */
  readonly integerNorm: number;
  /** Contributors to one sum whose shares are counted on: U_min − ⌊γ U_min⌋, of a group where there are several. */
  readonly honestContributors: number;
  /** The coordinator sees sums only. */
  readonly masked: boolean;
}

export type PlannedSealing =
  | { readonly ok: true; readonly plan: SealingPlan }
  | { readonly ok: false; readonly field: string; readonly message: string };

/** More than this only widens the integers: the rounding is then below a thousandth of the noise. */
const FINEST_SCALED_CLIP = 4096;
const LEAST_DEVIATION = 3;
const GREATEST_DEVIATION = 2 ** 20;
/** Times the factor's unit, what the sampler draws. */
const GREATEST_CORRELATED_DEVIATION = 2 ** 16;

/** Noise and scale for updates of this length; refuses what could overflow or be too coarse. */
export function planSealing(task: SealingTask, updateLength: number): PlannedSealing {
  const { privacy, cohort } = task;
  const { clip, noiseMultiplier, bits } = privacy;
  const metrics = { withinClip: privacy.adaptiveClip !== undefined, named: privacy.metrics ?? [] };
  const dimension = updateLength + metricCoordinates(metrics);
  const group = groupOf(cohort);
  // A rule that looks at single updates may show one of them, whose own noise then is all there is.
  const honestContributors = looksAtSingleUpdates(task)
    ? 1
    : group.minimum - Math.floor(cohort.corruptFraction * group.minimum);
  const { share, coordinator } = NOISE_SOURCES[privacy.mode](honestContributors);
  const noiseFactor = factorOf(privacy);
  // One of the two makes all the noise.
  const ownDeviation = noiseMultiplier * clip * (share + coordinator);
  const perClient =
    noiseMultiplier * clip * Math.hypot(share, coordinator * Math.sqrt(noiseGain(noiseFactor) / group.size));
  const fitting =
    sealingScale({ localDeviation: perClient, clip, bits, clients: group.size, dimension }) ?? 0;
  const greatest = noiseFactor.length > 1 ? GREATEST_CORRELATED_DEVIATION : GREATEST_DEVIATION;
  const finest = Math.min(FINEST_SCALED_CLIP / clip, fitting, greatest / ownDeviation);
  const deviation = Math.floor(finest * ownDeviation);
  if (!(deviation >= LEAST_DEVIATION)) {
    const message = `2^${bits} is too small a modulus for ${group.size} clients and ${dimension} coordinates: the noise would have a deviation of ${Math.max(0, deviation)} steps, the least is ${LEAST_DEVIATION}`;
    return { ok: false, field: "privacy.bits", message };
  }
  const scale = deviation / ownDeviation;
  return {
    ok: true,
    plan: {
      updateLength,
      dimension,
      metrics,
      prior: priorSpan(task.model?.prior, updateLength),
      clip,
      bits,
      scale,
      shareDeviation: share > 0 ? deviation : 0,
      coordinatorDeviation: coordinator > 0 ? deviation : 0,
      noiseFactor,
      integerNorm: roundedNorm(scale * clip, dimension),
      honestContributors,
      masked: isMasked(privacy),
    },
  };
}
