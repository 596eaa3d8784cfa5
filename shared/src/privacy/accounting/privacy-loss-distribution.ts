import type { CompositionWindow } from "./composition-window.js";
import { convolutionPower, convolve } from "./convolution.js";
import { splitMass } from "./split-mass.js";

/** Losses ln(P/Q) on a grid, with P's mass at each, and P's mass where Q has none. */
export interface PrivacyLossDistribution {
  /** Width of the grid. */
  readonly step: number;
  /** Loss of the first mass, in steps. */
  readonly lowest: number;
  readonly masses: Float64Array;
  readonly infinite: number;
}

/** The distribution of `compositions` independent losses within their window, by Fourier transform. */
export function composeLosses(
  { step, lowest, masses, infinite }: PrivacyLossDistribution,
  compositions: number,
  { first, count, outside }: CompositionWindow,
): PrivacyLossDistribution {
  if (compositions === 1) return { step, lowest, masses, infinite };
  const length = 2 ** Math.ceil(Math.log2(count));
  const circle = new Float64Array(length);
  for (let i = 0; i < masses.length; i++) circle[i % length] = (circle[i % length] ?? 0) + (masses[i] ?? 0);
  const composed = convolutionPower(circle, compositions);
  const unrolled = new Float64Array(count);
  for (let i = 0; i < count; i++) unrolled[i] = composed[(first + i) % length] ?? 0;
  const never = -Math.expm1(compositions * Math.log1p(-infinite));
  return { step, lowest: compositions * lowest + first, masses: unrolled, infinite: never + outside };
}

/** The same losses on a coarser grid, never optimistically. */
export function coarsenLosses(pld: PrivacyLossDistribution, step: number): PrivacyLossDistribution {
  if (step === pld.step) return pld;
  const lowest = Math.floor((pld.lowest * pld.step) / step) - 1;
  const highest = Math.ceil(((pld.lowest + pld.masses.length) * pld.step) / step) + 1;
  const masses = new Float64Array(highest - lowest + 1);
  for (let i = 0; i < pld.masses.length; i++) {
    const [mass, loss] = [pld.masses[i] ?? 0, (pld.lowest + i) * pld.step];
    const at = Math.ceil(loss / step);
    // Of both masses only their ratio counts: relative to the grid's point, so that none overflows.
    splitMass(masses, at - lowest, 0, step, mass, mass * Math.exp(at * step - loss));
  }
  return { step, lowest, masses, infinite: pld.infinite };
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
  return Math.min(1, delta);
}

/** The least ε with δ(ε) ≤ delta; infinite where there is none. */
export function epsilonOfLosses(pld: PrivacyLossDistribution, delta: number): number {
  if (pld.infinite > delta) return Number.POSITIVE_INFINITY;
  // Between two grid points δ(ε) = infinite + above − e^(ε − loss)·weighed: from the greatest loss down to the one.
  const decay = Math.exp(-pld.step);
  let [above, weighed, loss] = [pld.infinite, 0, 0];
  for (let i = pld.masses.length - 1; i >= 0 && pld.lowest + i > 0; i--) {
    loss = (pld.lowest + i) * pld.step;
    above += pld.masses[i] ?? 0;
    weighed += pld.masses[i] ?? 0;
    if (above - weighed * decay > delta) break;
    weighed *= decay;
    loss -= pld.step;
  }
  return above > delta ? Math.max(0, loss + Math.log((above - delta) / weighed)) : 0;
}
