import type { ByteSource } from "../random/byte-source.js";
import { clip } from "./clip.js";
import { noiseShare } from "./noise-share.js";
import type { SealingPlan } from "./plan-sealing.js";
import { roundStochastically } from "./round-stochastically.js";
import { wrap } from "./wrap.js";

export type Sealed =
  | { readonly ok: true; readonly sealed: Uint32Array; readonly norm: number; readonly clipped: boolean }
  | { readonly ok: false; readonly reason: "wrong-dimension" | "non-finite" | "norm-check-failed" };

/** The client half: clip → scale → round → noise → wrap. Floats end at the rounding. */
export function seal(plan: SealingPlan, update: Float32Array, bytes: ByteSource): Sealed {
  if (update.length !== plan.dimension) return { ok: false, reason: "wrong-dimension" };
  const clipped = clip(update, plan.clip);
  if (!clipped) return { ok: false, reason: "non-finite" };
  const scaled = clipped.vector.map((value) => value * plan.scale);
  const integers = roundStochastically(scaled, plan.integerNorm, bytes);
  if (!integers) return { ok: false, reason: "norm-check-failed" };
  const noise = noiseShare(plan.shareDeviation, plan.dimension, bytes);
  const noised = integers.map((value, i) => value + (noise[i] ?? 0));
  return { ok: true, sealed: wrap(noised, plan.bits), norm: clipped.norm, clipped: clipped.norm > plan.clip };
}
