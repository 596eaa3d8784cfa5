import { gaussianEpsilon } from "./exact-gaussian.js";
import { logErfc } from "./log-erfc.js";
import { composeLosses, epsilonOfLosses, type PrivacyLossDistribution } from "./privacy-loss-distribution.js";

const STEP = 1e-4;
/** Noise beyond so many deviations counts as an infinite loss: its probability is below 1e-29. */
const TAIL = 11.5;
/** Grid points of one loss; a wider range of losses gets a coarser grid. */
const MOST_POINTS = 400_000;

/**
 * Epsilon of a Poisson-subsampled Gaussian mechanism, from its privacy loss distribution: adding and removing one are
 * composed apart, the worse counts. Losses are split between the grid points around them so that the mass of both
 * distributions is kept ("connect the dots", Doroshenko et al. 2022, arXiv 2207.04380), which is never optimistic.
 */
export function subsampledGaussianEpsilon(q: number, z: number, compositions: number, delta: number): number {
  if (q === 0) return 0;
  if (q === 1) return gaussianEpsilon(z, compositions, delta);
  const [remove, add] = lossesOf(q, z);
  return Math.max(
    epsilonOfLosses(composeLosses(remove, compositions), delta),
    epsilonOfLosses(composeLosses(add, compositions), delta),
  );
}

/** With one client's removal, then with its addition. */
function lossesOf(q: number, z: number): readonly [PrivacyLossDistribution, PrivacyLossDistribution] {
  const loss = (x: number) => Math.log1p(q * Math.expm1((2 * x - 1) / (2 * z * z)));
  const noiseAt = (value: number) => z * z * Math.log1p(Math.expm1(value) / q) + 0.5;
  const [least, greatest] = [loss(-TAIL * z), loss(1 + TAIL * z)];
  const step = Math.max(STEP, (greatest - least) / MOST_POINTS);
  const lowest = Math.floor(least / step);
  const points = Math.ceil(greatest / step) - lowest + 1;
  const removing = new Float64Array(points);
  const adding = new Float64Array(points);
  let below = -TAIL * z;
  for (let i = 1; i < points; i++) {
    const value = (lowest + i) * step;
    const above = value >= greatest ? 1 + TAIL * z : noiseAt(value);
    if (!(above > below)) continue;
    const without = normalMass(below / z, above / z);
    const mixed = (1 - q) * without + q * normalMass((below - 1) / z, (above - 1) / z);
    split(removing, i, value, step, mixed, without);
    // The addition's loss is the other one's negative.
    split(adding, points - i, step - value, step, without, mixed);
    below = above;
  }
  const infinite = (masses: Float64Array) => Math.max(0, 1 - masses.reduce((sum, mass) => sum + mass, 0));
  return [
    { step, lowest, masses: removing, infinite: infinite(removing) },
    { step, lowest: -(lowest + points - 1), masses: adding, infinite: infinite(adding) },
  ];
}

/** P's mass p between the grid points i − 1 and i (of loss `value`), shared so that Q's mass q is kept as well. */
function split(masses: Float64Array, i: number, value: number, step: number, p: number, q: number): void {
  const lower = Math.exp(value - step);
  const share = Math.min(q, Math.max(0, (p - q * lower) / (lower * Math.expm1(step))));
  const upperMass = Math.min(p, share * lower * Math.exp(step));
  masses[i] = (masses[i] ?? 0) + upperMass;
  masses[i - 1] = (masses[i - 1] ?? 0) + p - upperMass;
}

/** Mass of the standard normal between a and b, from the tail that they are in. */
function normalMass(a: number, b: number): number {
  if (a + b < 0) return normalMass(-b, -a);
  return (Math.exp(logErfc(a / Math.SQRT2)) - Math.exp(logErfc(b / Math.SQRT2))) / 2;
}
