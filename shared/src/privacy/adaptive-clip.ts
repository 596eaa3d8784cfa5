import type { TaskSpec } from "../task/task-spec.js";
import type { SealingPlan } from "./plan-sealing.js";

type Privacy = Pick<TaskSpec["privacy"], "clip" | "adaptiveClip">;

/** How far a clip may wander from where it began. */
const WIDEST = 1e6;

/**
 * The next clip by private quantile estimation: c·exp(−η(b̄ − q)), towards that whose part for what is trained is the length below
 * which a share q of all updates is (Andrew et al. 2021, arXiv 1905.03871, §2.2).
 */
export function adaptClip(privacy: Privacy, clip: number, withinClip: number): number {
  if (!privacy.adaptiveClip) return clip;
  const { quantile, learningRate } = privacy.adaptiveClip;
  const share = Math.min(1, Math.max(0, withinClip));
  const next = clip * Math.exp(-learningRate * (share - quantile));
  return Math.min(WIDEST * privacy.clip, Math.max(privacy.clip / WIDEST, next));
}

/** What a model version holds: the network's parameters, and the clip of updates that are made from it. */
export interface VersionState {
  readonly parameters: Float32Array;
  readonly clip: number;
}

/** A version as one vector: its parameters and, where the task adapts it, ln clip. */
export function joinVersion({ adaptiveClip }: Privacy, { parameters, clip }: VersionState): Float32Array {
  if (!adaptiveClip) return parameters;
  const vector = new Float32Array(parameters.length + 1);
  vector.set(parameters);
  vector[parameters.length] = Math.log(clip);
  return vector;
}

/** Takes a version's vector apart; undefined where it holds a clip that no honest coordinator can have come to. */
export function splitVersion(privacy: Privacy, vector: Float32Array): VersionState | undefined {
  if (!privacy.adaptiveClip) return { parameters: vector, clip: privacy.clip };
  const clip = Math.exp(vector.at(-1) ?? Number.NaN);
  const wandered = clip / privacy.clip;
  if (!(wandered >= 0.999 / WIDEST && wandered <= 1.001 * WIDEST)) return undefined;
  return { parameters: vector.slice(0, -1), clip };
}

export const versionLength = ({ adaptiveClip }: Privacy, parameters: number): number =>
  parameters + (adaptiveClip ? 1 : 0);

/** The plan for another clip: the same integers and the same noise on them, hence the same privacy. */
export const planAt = (plan: SealingPlan, clip: number): SealingPlan =>
  clip === plan.clip ? plan : { ...plan, clip, scale: (plan.scale * plan.clip) / clip };
