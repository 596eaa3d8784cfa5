import type { Accountant } from "./accountant.js";
import { logNormalCdf, logScaledErfc } from "./log-erfc.js";
import { type RepeatedEvent, unsampled } from "./privacy-event.js";

/**
 * The exact δ(ε) of `compositions` Gaussian mechanisms without sampling, which together are one with noise multiplier
 * z / √T (Balle, Wang 2018, arXiv 1805.06530, Theorem 8).
 */
export function gaussianDelta(noiseMultiplier: number, compositions: number, epsilon: number): number {
  const z = noiseMultiplier / Math.sqrt(compositions);
  if (z === Number.POSITIVE_INFINITY) return 0;
  const [near, far] = [1 / (2 * z) - epsilon * z, 1 / (2 * z) + epsilon * z];
  const first = Math.exp(logNormalCdf(near));
  // e^ε·Φ(−far), where ε − far²/2 = −near²/2: nothing large is subtracted from something large.
  const second = Math.exp(logScaledErfc(far / Math.SQRT2) - Math.LN2 - near ** 2 / 2);
  return Math.max(0, first - second);
}

/** The inverse of {@link gaussianDelta} by bisection, never below the true epsilon. */
export function gaussianEpsilon(noiseMultiplier: number, compositions: number, delta: number): number {
  const tooMuch = (epsilon: number) => gaussianDelta(noiseMultiplier, compositions, epsilon) <= delta;
  if (tooMuch(0)) return 0;
  let high = 1;
  while (!tooMuch(high)) high *= 2;
  let low = 0;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (tooMuch(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Only Gaussians of everybody, correlated or not: together they are one, and its curve is known. */
export const exactAccountant: Accountant = {
  name: "exact",
  epsilon: (events, delta) => over(events, (z) => gaussianEpsilon(z, 1, delta)),
  delta: (events, epsilon) => over(events, (z) => gaussianDelta(z, 1, epsilon)),
};

function over(events: readonly RepeatedEvent[], read: (noiseMultiplier: number) => number) {
  const z = joinedNoise(events);
  return z === undefined ? undefined : read(z);
}

/** The noise multiplier of the one Gaussian that these events are together: 1/z² = Σ Δ²/z². */
export function joinedNoise(events: readonly RepeatedEvent[]): number | undefined {
  let inverse = 0;
  for (const { event: possiblySampled, compositions } of events) {
    const { event, probability } = unsampled(possiblySampled);
    if (probability === 0) continue;
    if (probability !== 1) return undefined;
    if (event.mechanism === "gaussian") inverse += compositions / event.noiseMultiplier ** 2;
    else if (event.mechanism === "correlated-gaussian") {
      inverse += (compositions * event.squaredSensitivity) / event.noiseMultiplier ** 2;
    } else return undefined;
  }
  return 1 / Math.sqrt(inverse);
}
