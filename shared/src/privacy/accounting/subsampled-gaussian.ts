import { logAdd, logSubtract } from "./log-arithmetic.js";
import { logErfc } from "./log-erfc.js";

const NEGLIGIBLE = -30;

/**
 * Rényi divergence of order α > 1 of the Gaussian mechanism with noise multiplier z under Poisson sampling with
 * probability q (Mironov, Talwar, Zhang 2019, arXiv 1908.10530, §3.3). Adding or removing one.
 */
export function subsampledGaussianRdp(q: number, z: number, order: number): number {
  if (q === 0) return 0;
  if (q === 1) return order / (2 * z * z);
  const logA = Number.isInteger(order) ? logAOfInteger(q, z, order) : logAOfFraction(q, z, order);
  return logA / (order - 1);
}

function logAOfInteger(q: number, z: number, order: number): number {
  let logA = Number.NEGATIVE_INFINITY;
  let logBinomial = 0;
  for (let i = 0; i <= order; i++) {
    const term = logBinomial + i * Math.log(q) + (order - i) * Math.log1p(-q) + (i * i - i) / (2 * z * z);
    logA = logAdd(logA, term);
    logBinomial += Math.log((order - i) / (i + 1));
  }
  return logA;
}

/** The integral in two halves, each a series whose binomials change sign beyond the order. */
function logAOfFraction(q: number, z: number, order: number): number {
  const middle = z * z * Math.log(1 / q - 1) + 0.5;
  let [below, above] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let logBinomial = 0;
  let positive = true;
  for (let i = 0; ; i++) {
    const j = order - i;
    const half = (k: number, other: number, distance: number) =>
      logBinomial +
      k * Math.log(q) +
      other * Math.log1p(-q) +
      (k * k - k) / (2 * z * z) -
      Math.LN2 +
      logErfc(distance / (Math.SQRT2 * z));
    const [low, high] = [half(i, j, i - middle), half(j, i, middle - j)];
    const combine = positive ? logAdd : logSubtract;
    [below, above] = [combine(below, low), combine(above, high)];
    if (i > order && Math.max(low, high) < NEGLIGIBLE) return logAdd(below, above);
    const ratio = (order - i) / (i + 1);
    logBinomial += Math.log(Math.abs(ratio));
    if (ratio < 0) positive = !positive;
  }
}
