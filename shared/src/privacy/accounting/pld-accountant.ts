import type { Accountant } from "./accountant.js";
import { compositionWindow } from "./composition-window.js";
import { gaussianDelta, gaussianEpsilon, joinedNoise } from "./exact-gaussian.js";
import type { LossPair } from "./loss-pair.js";
import { type MechanismLosses, mechanismLosses } from "./mechanism-losses.js";
import { type RepeatedEvent, unsampled } from "./privacy-event.js";
import {
  coarsenLosses,
  composeLosses,
  deltaOfLosses,
  epsilonOfLosses,
  joinLosses,
  type PrivacyLossDistribution,
} from "./privacy-loss-distribution.js";
import { rdpAccountant } from "./rdp-accountant.js";

/** Grid points of a composition; a wider one gets a coarser grid. */
const MOST_COMPOSED = 2 ** 19;
const COARSER = 1.2;

/** Where rounding or a coarse grid leaves less than Rényi's bound knows: deltas below about 1e-16 a composition. */
const other = rdpAccountant();

/**
 * Privacy loss distributions on a grid, composed by Fourier transform: the tightest. Counts Gaussian noise in any
 * dimension, Laplace noise on one number and integer noise on one integer; sampled or not. Gaussians of everybody are
 * read exactly. Undefined for integer noise on vectors: no single vector is known to be the worst for all epsilons.
 */
export const pldAccountant: Accountant = {
  name: "pld",
  epsilon: (events, delta) =>
    read(
      events,
      (z) => gaussianEpsilon(z, 1, delta),
      (losses) => epsilonOfLosses(losses, delta),
      () => other.epsilon(events, delta),
    ),
  delta: (events, epsilon) =>
    read(
      events,
      (z) => gaussianDelta(z, 1, epsilon),
      (losses) => deltaOfLosses(losses, epsilon),
      () => other.delta(events, epsilon),
    ),
};

function read(
  events: readonly RepeatedEvent[],
  ofGaussian: (noiseMultiplier: number) => number,
  ofLosses: (losses: PrivacyLossDistribution) => number,
  ofRdp: () => number | undefined,
): number | undefined {
  const seen = events.filter(({ event }) => unsampled(event).probability > 0);
  const z = joinedNoise(seen);
  if (z !== undefined) return ofGaussian(z);
  const pairs: LossPair[] = [];
  for (const { event, compositions } of seen) {
    const { event: mechanism, probability } = unsampled(event);
    const losses = mechanismLosses(mechanism, probability);
    if (!losses) return undefined;
    // Symmetric noise without sampling loses as much either way.
    pairs.push(compose(losses, compositions, probability === 1));
  }
  const worse = Math.max(ofLosses(joined(pairs, "removing")), ofLosses(joined(pairs, "adding")));
  return Math.min(worse, ofRdp() ?? worse);
}

function compose(losses: MechanismLosses, compositions: number, symmetric: boolean): LossPair {
  for (let step = losses.step; ; ) {
    const { removing, adding } = losses.on(step);
    const window = compositionWindow(removing.masses, compositions);
    const added = symmetric ? window : compositionWindow(adding.masses, compositions);
    const widest = Math.max(window.count, added.count);
    if (compositions === 1 || widest <= MOST_COMPOSED) {
      const composed = composeLosses(removing, compositions, window);
      return {
        removing: composed,
        adding: symmetric ? composed : composeLosses(adding, compositions, added),
      };
    }
    step *= Math.max(COARSER, widest / MOST_COMPOSED);
  }
}

function joined(pairs: readonly LossPair[], side: keyof LossPair): PrivacyLossDistribution {
  const step = Math.max(...pairs.map((pair) => pair[side].step));
  return pairs.map((pair) => coarsenLosses(pair[side], step)).reduce(joinLosses);
}
