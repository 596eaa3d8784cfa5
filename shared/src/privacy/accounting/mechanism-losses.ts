import { integerLosses, integerLossRange } from "./integer-losses.js";
import {
  discreteGaussianNoise,
  discreteLaplaceNoise,
  type IntegerNoise,
  skellamNoise,
} from "./integer-noise.js";
import { logErfc } from "./log-erfc.js";
import type { LossPair } from "./loss-pair.js";
import { lossRange, monotoneLosses, type ShiftedNoise } from "./monotone-losses.js";
import type { MechanismEvent } from "./privacy-event.js";

/** The losses of one use of a mechanism, on whatever grid. */
export interface MechanismLosses {
  /** The grid that suits their range. */
  readonly step: number;
  on(step: number): LossPair;
}

const STEP = 1e-4;
/** Grid points of one loss: a narrow range of losses gets a finer grid than {@link STEP}, a wide one a coarser. */
const [FEWEST_POINTS, MOST_POINTS] = [4096, 120_000];
/** Gaussian noise beyond so many deviations counts as an infinite loss, with this probability. */
const [TAIL, BEYOND] = [9.6, 1e-21];

/** Undefined where no pair of distributions is known that is the worst case of all vectors within the sensitivity. */
export function mechanismLosses(event: MechanismEvent, q: number): MechanismLosses | undefined {
  switch (event.mechanism) {
    case "gaussian":
      return continuous(gaussianNoise(event.noiseMultiplier), q);
    case "correlated-gaussian":
      return continuous(gaussianNoise(event.noiseMultiplier / Math.sqrt(event.squaredSensitivity)), q);
    case "laplace":
      return continuous(laplaceNoise(event.noiseMultiplier), q);
    case "discrete-laplace":
      return integer(event.sensitivity, q, (shift) => discreteLaplaceNoise(event.scale, shift));
    case "discrete-gaussian":
      if (!isOneInteger(event)) return undefined;
      return integer(event.sensitivity, q, (shift) => discreteGaussianNoise(event.stddev, shift));
    case "skellam":
      if (!isOneInteger(event)) return undefined;
      return integer(Math.min(event.sensitivity, event.l1Sensitivity), q, (shift) =>
        skellamNoise(event.variance, shift),
      );
    case "distributed-discrete-gaussian":
      return undefined;
  }
}

/** Integer noise is not the same in all directions; a norm below √2 leaves one coordinate that differs by one. */
const isOneInteger = (event: { readonly dimension: number; readonly sensitivity: number }) =>
  event.dimension === 1 || event.sensitivity ** 2 < 2;

function grid([least, greatest]: readonly [number, number]): number {
  const range = greatest - least;
  return Math.max(Math.min(STEP, range / FEWEST_POINTS), range / MOST_POINTS, Number.MIN_VALUE);
}

function continuous(noise: ShiftedNoise, q: number): MechanismLosses {
  return { step: grid(lossRange(noise, q)), on: (step) => monotoneLosses(noise, q, step) };
}

function integer(
  sensitivity: number,
  q: number,
  noiseFor: (shift: number) => IntegerNoise | undefined,
): MechanismLosses | undefined {
  const shift = Math.floor(sensitivity);
  const noise = shift > 0 ? noiseFor(shift) : undefined;
  if (!noise) return undefined;
  return {
    step: grid(integerLossRange(noise, shift, q)),
    on: (step) => integerLosses(noise, shift, q, step),
  };
}

function gaussianNoise(z: number): ShiftedNoise {
  return {
    from: -TAIL * z,
    to: 1 + TAIL * z,
    beyond: BEYOND,
    logRatio: (x) => (2 * x - 1) / (2 * z * z),
    noiseAt: (logRatio) => z * z * logRatio + 0.5,
    mass: (a, b) => normalMass(a / z, b / z),
  };
}

/** Outside of [0, 1] the ratio is constant: two atoms of the loss. */
function laplaceNoise(z: number): ShiftedNoise {
  return {
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
    beyond: 0,
    logRatio: (x) => Math.min(1, Math.max(-1, 2 * x - 1)) / z,
    noiseAt: (logRatio) => (logRatio * z + 1) / 2,
    mass: (a, b) => laplaceMass(a / z, b / z),
  };
}

/** Mass of the Laplace distribution between a and b, from the side that they are on. */
function laplaceMass(a: number, b: number): number {
  if (a >= 0) return (Math.exp(-a) * -Math.expm1(a - b)) / 2;
  return b <= 0 ? laplaceMass(-b, -a) : 1 - (Math.exp(a) + Math.exp(-b)) / 2;
}

/** Mass of the standard normal between a and b, from the tail that they are in. */
function normalMass(a: number, b: number): number {
  if (a + b < 0) return normalMass(-b, -a);
  return (Math.exp(logErfc(a / Math.SQRT2)) - Math.exp(logErfc(b / Math.SQRT2))) / 2;
}
