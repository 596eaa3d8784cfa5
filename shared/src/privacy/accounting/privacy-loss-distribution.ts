import { convolutionPower } from "./fft.js";

/** Losses ln(P/Q) on a grid, with P's mass at each, and P's mass where Q has none. */
export interface PrivacyLossDistribution {
  /** Width of the grid. */
  readonly step: number;
  /** Loss of the first mass, in steps. */
  readonly lowest: number;
  readonly masses: Float64Array;
  readonly infinite: number;
}

/** Grid points that a composition may fill. */
const LARGEST_WINDOW = 2 ** 20;
/** Standard deviations of the composed loss that the window holds on either side. */
const REACH = 20;

/** The distribution of `compositions` independent losses, by Fourier transform. */
export function composeLosses(
  { step, lowest, masses, infinite }: PrivacyLossDistribution,
  compositions: number,
): PrivacyLossDistribution {
  if (compositions === 1) return { step, lowest, masses, infinite };
  let [mean, square] = [0, 0];
  for (const [i, mass] of masses.entries()) {
    mean += mass * i;
    square += mass * i * i;
  }
  const deviation = Math.sqrt(Math.max(0, square - mean * mean) * compositions);
  const wanted = Math.min(compositions * masses.length, 2 * REACH * deviation + 2 * masses.length);
  const length = 2 ** Math.min(Math.log2(LARGEST_WINDOW), Math.ceil(Math.log2(wanted)));
  const circle = new Float64Array(length);
  for (const [i, mass] of masses.entries()) circle[i % length] = (circle[i % length] ?? 0) + mass;
  const composed = convolutionPower(circle, compositions);
  // On the circle, the window is the one around the mean.
  const first = Math.max(0, Math.round(compositions * mean - length / 2));
  const unrolled = composed.map((_, i) => composed[(first + i) % length] ?? 0);
  return {
    step,
    lowest: compositions * lowest + first,
    masses: unrolled,
    infinite: -Math.expm1(compositions * Math.log1p(-infinite)),
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
