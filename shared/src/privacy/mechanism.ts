import type { ByteSource } from "../random/byte-source.js";
import { drawnAhead } from "../random/drawn-ahead.js";
import type { TaskSpec } from "../task/task-spec.js";
import { norm } from "./clip.js";
import { writeJointVector } from "./joint-vector.js";
import type { Measurements } from "./metric-plan.js";
import { noiseShare } from "./noise-share.js";
import type { SealingPlan } from "./plan-sealing.js";
import { trainedPart } from "./prior-span.js";
import { createRotation } from "./rotation.js";
import { COIN_BYTES, roundStochastically } from "./round-stochastically.js";
import { centre, wrap } from "./wrap.js";

export type Sealed =
  | { readonly ok: true; readonly sealed: Uint32Array; readonly norm: number }
  | { readonly ok: false; readonly reason: "wrong-dimension" | "non-finite" | "norm-check-failed" };

/** How an update becomes integers that may be summed, and how their sum becomes a mean again. */
export interface Mechanism {
  /** Draws the noise share and the first rounding's coins for the next `seal`, before its update is known. */
  prepare(bytes: ByteSource): void;
  /** The client half: join with the metrics, clip and scale → rotate → round → noise share → wrap. Floats end at the rounding. */
  seal(update: Float32Array, bytes: ByteSource, measured?: Measurements, into?: Uint32Array): Sealed;
  /**
   * The coordinator half: its noise (`releaseNoise`) where clients add none → centre and unscale → divide by the
   * contributors → rotate back. A mean of joint vectors.
   * @throws RangeError where the plan wants the coordinator's noise and there is none.
   */
  open(
    sum: Uint32Array,
    contributors: number,
    noise?: Int32Array,
    into?: Float32Array<ArrayBuffer>,
  ): Float32Array;
}

/**
 * The distributed discrete Gaussian mechanism (Kairouz, Liu, Steinke 2021, arXiv 2102.06387, Algorithms 1 and 2), or
 * the central one where the plan leaves the noise to the coordinator, for the rotation of one seed. Holds its working
 * memory: nothing as long as a vector is allocated from the second one on where `into` is given.
 *
 * @example
 * const mechanism = createMechanism(plan, rotationSeed);
 * const sum = emptySum(plan);
 * for (const update of updates) {
 *   const result = mechanism.seal(update, platformBytes);
 *   if (result.ok) addSealed(plan, sum, result.sealed);
 * }
 * const { noise, state } = releaseNoise(plan, previousState, platformBytes);
 * const mean = mechanism.open(sum, updates.length, noise);
 */
export function createMechanism(plan: SealingPlan, rotationSeed: string): Mechanism {
  const { updateLength, dimension, bits, scale, shareDeviation, coordinatorDeviation } = plan;
  const rotation = createRotation(dimension, rotationSeed);
  const scaled = new Float32Array(dimension);
  const integers = new Int32Array(dimension);
  const share = new Int32Array(dimension);
  const noised = coordinatorDeviation > 0 ? new Uint32Array(dimension) : undefined;
  let coins = new Uint8Array();
  let prepared = false;
  const prepare = (bytes: ByteSource) => {
    if (coins.length === 0) coins = new Uint8Array(COIN_BYTES * dimension);
    if (shareDeviation > 0) noiseShare(shareDeviation, bytes, share);
    bytes.fill(coins);
    prepared = true;
  };
  return {
    prepare,
    seal(update, bytes, measured = {}, into = new Uint32Array(dimension)) {
      if (update.length !== updateLength) return { ok: false, reason: "wrong-dimension" };
      if (!prepared) prepare(bytes);
      const length = norm(trainedPart(update, plan.prior));
      if (length === undefined || norm(update) === undefined) return { ok: false, reason: "non-finite" };
      // Used once, whatever comes of it.
      prepared = false;
      writeJointVector(plan, update, length, measured, scaled);
      rotation.rotate(scaled);
      if (!roundStochastically(scaled, plan.integerNorm, drawnAhead(coins, bytes), integers)) {
        return { ok: false, reason: "norm-check-failed" };
      }
      wrap(integers, share, bits, into);
      share.fill(0);
      integers.fill(0);
      return { ok: true, sealed: into, norm: length };
    },
    open(sum, contributors, noise, into = new Float32Array(dimension)) {
      if (noised) {
        if (!noise) throw new RangeError("the clients left the noise to the coordinator, and there is none");
        wrap(sum, noise, bits, noised);
      }
      centre(noised ?? sum, bits, 1 / (scale * contributors), into);
      rotation.unrotate(into);
      return into;
    },
  };
}

/**
 * The rotation's seed for updates that may meet in one sum: where all come from one version, another one each time, so
 * that no coordinate stays unlucky; but the same where the noise of one round takes back that of another.
 */
export function rotationSeed(
  { cohort, privacy }: Pick<TaskSpec, "cohort" | "privacy">,
  taskHash: string,
  modelVersion: number,
): string {
  const anew = cohort.maximumStaleness === 0 && !privacy.correlation;
  return anew ? `${taskHash}/${modelVersion}` : taskHash;
}
