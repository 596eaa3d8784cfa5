import { compositionWindow } from "./composition-window.js";
import { convolutionPower, convolve } from "./convolution.js";

/** Losses ln(P/Q) on a grid, with P's mass at each, and P's mass where Q has none. */
export interface PrivacyLossDistribution {
  /** Width of the grid. */
  readonly step: number;
  /** Loss of the first mass, in steps. */
  readonly lowest: number;
  readonly masses: Float64Array;
  readonly infinite: number;
}

/** The distribution of `compositions` independent losses, by Fourier transform. */
export function composeLosses(
  { step, lowest, masses, infinite }: PrivacyLossDistribution,
  compositions: number,
): PrivacyLossDistribution {
  if (compositions === 1) return { step, lowest, masses, infinite };
  const { first, count, outside } = compositionWindow(masses, compositions);
  const length = 2 ** Math.ceil(Math.log2(count));
  const circle = new Float64Array(length);
  for (let i = 0; i < masses.length; i++) circle[i % length] = (circle[i % length] ?? 0) + (masses[i] ?? 0);
  const composed = convolutionPower(circle, compositions);
  const unrolled = new Float64Array(count);
  for (let i = 0; i < count; i++) unrolled[i] = composed[(first + i) % length] ?? 0;
  const never = -Math.expm1(compositions * Math.log1p(-infinite));
  return { step, lowest: compositions * lowest + first, masses: unrolled, infinite: never + outside };
}

/** The distribution of the sum of two independent losses on the same grid. */
export function joinLosses(
  first: PrivacyLossDistribution,
  second: PrivacyLossDistribution,
): PrivacyLossDistribution {
  return {
    step: first.step,
    lowest: first.lowest + second.lowest,
    masses: convolve(first.masses, second.masses),
    infinite: first.infinite + second.infinite - first.infinite * second.infinite,
  };
}

/** δ(ε) = E_P[max(0, 1 − e^(ε − loss))]. */
export function deltaOfLosses(pld: PrivacyLossDistribution, epsilon: number): number {
  let delta = pld.infinite;
  const from = Math.max(0, Math.floor(epsilon / pld.step) + 1 - pld.lowest);
  for (let i = from; i < pld.masses.length; i++) {
    delta += (pld.masses[i] ?? 0) * -Math.expm1(Math.min(0, epsilon - (pld.lowest + i) * pld.step));
  }
  return delta;
}

/** The least ε with δ(ε) ≤ delta, to 1e-9; infinite where there is none. */
export function epsilonOfLosses(pld: PrivacyLossDistribution, delta: number): number {
  if (pld.infinite > delta) return Number.POSITIVE_INFINITY;
  if (deltaOfLosses(pld, 0) <= delta) return 0;
  let [low, high] = [0, (pld.lowest + pld.masses.length) * pld.step];
  while (high - low > 1e-9 * Math.max(1, high)) {
    const middle = (low + high) / 2;
    if (deltaOfLosses(pld, middle) <= delta) high = middle;
    else low = middle;
  }
  return high;
}
