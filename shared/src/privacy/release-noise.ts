import type { ByteSource } from "../random/byte-source.js";
import { noiseShare } from "./noise-share.js";
import type { SealingPlan } from "./plan-sealing.js";

type NoisePlan = Pick<SealingPlan, "dimension" | "coordinatorDeviation" | "noiseFactor">;

/** The coordinator's noise on one release, and what it must keep for the next ones. Both are as secret as the sum. */
export interface ReleaseNoise {
  /** Absent where clients make the noise. */
  readonly noise?: Int32Array;
  /** Noise of the last `bands` − 1 releases, the latest first. */
  readonly state: Int32Array;
}

/** Before the first release. */
export const initialNoise = ({ dimension, noiseFactor }: NoisePlan): Int32Array =>
  new Int32Array((noiseFactor.length - 1) * dimension);

/**
 * The noise n of the next release, by C n = w with fresh discrete Gaussians w: n_t = ⌊(w_t − Σ_i c_i·n_(t−i)) / c_0⌉, on
 * the integers. What is released is a function of the integers C g + w, and so as private as these are, exactly: the
 * earlier n are released sums minus true ones, so the rounding is that of a number made of releases alone. Sums may wrap:
 * that comes after the noise, too.
 * @throws RangeError where `state` is not that of the release before: without it the next one would tell too much.
 */
export function releaseNoise(plan: NoisePlan, state: Int32Array, bytes: ByteSource): ReleaseNoise {
  const { dimension, coordinatorDeviation, noiseFactor } = plan;
  const kept = noiseFactor.length - 1;
  if (state.length !== kept * dimension) {
    throw new RangeError(`the noise of ${state.length} coordinates is kept, not of ${kept * dimension}`);
  }
  if (coordinatorDeviation === 0) return { state };
  const [unit = 1, ...coefficients] = noiseFactor;
  const noise = new Int32Array(dimension);
  noiseShare(unit * coordinatorDeviation, bytes, noise);
  if (kept === 0) return { noise, state };
  for (let i = 0; i < dimension; i++) {
    let rest = noise[i] ?? 0;
    for (let back = 0; back < kept; back++)
      rest -= (coefficients[back] ?? 0) * (state[back * dimension + i] ?? 0);
    noise[i] = Math.round(rest / unit);
  }
  const next = new Int32Array(state.length);
  next.set(noise);
  next.set(state.subarray(0, (kept - 1) * dimension), dimension);
  return { noise, state: next };
}
