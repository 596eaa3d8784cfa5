import type { ByteSource } from "../random/byte-source.js";
import { drawnAhead } from "../random/drawn-ahead.js";
import { norm } from "./clip.js";
import { joinMetrics } from "./joint-vector.js";
import { noiseShare } from "./noise-share.js";
import type { SealingPlan } from "./plan-sealing.js";
import { createRotation } from "./rotation.js";
import { COIN_BYTES, roundStochastically } from "./round-stochastically.js";
import { centre, wrap } from "./wrap.js";

export type Sealed =
  | { readonly ok: true; readonly sealed: Uint32Array; readonly norm: number; readonly clipped: boolean }
  | { readonly ok: false; readonly reason: "wrong-dimension" | "non-finite" | "norm-check-failed" };

/** How an update becomes integers that may be summed, and how their sum becomes a mean again. */
export interface Mechanism {
  /** Draws the noise and the first rounding's coins for the next `seal`, before its update is known. */
  prepare(bytes: ByteSource): void;
  /** The client half: join with the metrics, clip and scale → rotate → round → noise → wrap. Floats end at the rounding. */
  seal(update: Float32Array, bytes: ByteSource, into?: Uint32Array): Sealed;
  /** The coordinator half: centre and unscale → divide by the contributors → rotate back. A mean of joint vectors. */
  open(sum: Uint32Array, contributors: number, into?: Float32Array<ArrayBuffer>): Float32Array;
}

/**
 * The distributed discrete Gaussian mechanism (Kairouz, Liu, Steinke 2021, arXiv 2102.06387, Algorithms 1 and 2) for
 * the rotation of one seed. Holds its working memory: nothing as long as a vector is allocated from the second one on
 * where `into` is given.
 *
 * @example
 * const mechanism = createMechanism(plan, rotationSeed);
 * const sum = emptySum(plan);
 * for (const update of updates) {
 *   const result = mechanism.seal(update, platformBytes);
 *   if (result.ok) addSealed(plan, sum, result.sealed);
 * }
 * const mean = mechanism.open(sum, updates.length);
 */
export function createMechanism(plan: SealingPlan, rotationSeed: string): Mechanism {
  const { parameters, dimension, bits, scale } = plan;
  const rotation = createRotation(dimension, rotationSeed);
  const scaled = new Float32Array(dimension);
  const integers = new Int32Array(dimension);
  const noise = new Int32Array(dimension);
  let coins = new Uint8Array();
  let prepared = false;
  const prepare = (bytes: ByteSource) => {
    if (coins.length === 0) coins = new Uint8Array(COIN_BYTES * dimension);
    noiseShare(plan.shareDeviation, bytes, noise);
    bytes.fill(coins);
    prepared = true;
  };
  return {
    prepare,
    seal(update, bytes, into = new Uint32Array(dimension)) {
      if (update.length !== parameters) return { ok: false, reason: "wrong-dimension" };
      if (!prepared) prepare(bytes);
      const length = norm(update);
      if (length === undefined) return { ok: false, reason: "non-finite" };
      // Used once, whatever comes of it.
      prepared = false;
      joinMetrics(plan, update, length, scaled);
      rotation.rotate(scaled);
      if (!roundStochastically(scaled, plan.integerNorm, drawnAhead(coins, bytes), integers)) {
        return { ok: false, reason: "norm-check-failed" };
      }
      wrap(integers, noise, bits, into);
      noise.fill(0);
      integers.fill(0);
      return { ok: true, sealed: into, norm: length, clipped: length > plan.clip };
    },
    open(sum, contributors, into = new Float32Array(dimension)) {
      centre(sum, bits, 1 / (scale * contributors), into);
      rotation.unrotate(into);
      return into;
    },
  };
}

/**
 * The rotation's seed for updates that may meet in one sum: where all come from one version, another one each time, so
 * that no coordinate stays unlucky.
 */
export function rotationSeed(taskHash: string, modelVersion: number, maximumStaleness: number): string {
  return maximumStaleness === 0 ? `${taskHash}/${modelVersion}` : taskHash;
}
