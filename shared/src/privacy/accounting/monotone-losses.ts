import type { LossPair } from "./loss-pair.js";
import { splitMass } from "./split-mass.js";

/** Continuous noise around 0 or, with the client, around 1, whose likelihood ratio rises along the line. */
export interface ShiftedNoise {
  /** The part of the line that is looked at; what lies beyond, at most `beyond`, counts as an infinite loss. */
  readonly from: number;
  readonly to: number;
  readonly beyond: number;
  /** ln p(x − 1) / p(x). */
  logRatio(x: number): number;
  /** The x of a log ratio within the range. */
  noiseAt(logRatio: number): number;
  /** Probability of noise around 0 in [a, b]. */
  mass(a: number, b: number): number;
}

/** The range of losses that a sampled mechanism has. */
export function lossRange(noise: ShiftedNoise, q: number): readonly [number, number] {
  const loss = (x: number) => sampledLoss(noise.logRatio(x), q);
  return [loss(noise.from), loss(noise.to)];
}

/** The losses of noise that each client's contribution of 1 enters with probability q. */
export function monotoneLosses(noise: ShiftedNoise, q: number, step: number): LossPair {
  const [least, greatest] = lossRange(noise, q);
  const lowest = Math.floor(least / step);
  const points = Math.ceil(greatest / step) - lowest + 1;
  const [removing, adding] = [new Float64Array(points), new Float64Array(points)];
  let below = noise.from;
  for (let i = 1; i < points; i++) {
    const value = (lowest + i) * step;
    const above = value >= greatest ? noise.to : noise.noiseAt(unsampledLoss(value, q));
    if (!(above > below)) continue;
    const without = noise.mass(below, above);
    const mixed = (1 - q) * without + q * noise.mass(below - 1, above - 1);
    splitMass(removing, i, value, step, mixed, without);
    // The addition's loss is the other one's negative.
    splitMass(adding, points - i, step - value, step, without, mixed);
    below = above;
  }
  return {
    removing: { step, lowest, masses: removing, infinite: noise.beyond },
    adding: { step, lowest: -(lowest + points - 1), masses: adding, infinite: noise.beyond },
  };
}

/** ln(1 − q + q·e^x), which does not overflow. */
export function sampledLoss(x: number, q: number): number {
  if (q === 1) return x;
  return x > 1 ? x + Math.log(q + (1 - q) * Math.exp(-x)) : Math.log1p(q * Math.expm1(x));
}

/** The inverse of {@link sampledLoss}. */
function unsampledLoss(loss: number, q: number): number {
  if (q === 1) return loss;
  if (loss > 1) return loss + Math.log1p((q - 1) * Math.exp(-loss)) - Math.log(q);
  return Math.log1p(Math.expm1(loss) / q);
}
