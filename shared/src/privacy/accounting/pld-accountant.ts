import { discreteGaussianWeights, discreteLaplaceWeights, skellamWeights } from "../integer-weights.js";
import type { Accountant } from "./accountant.js";
import { gaussianDelta, gaussianEpsilon, joinedNoise } from "./exact-gaussian.js";
import { integerLosses, probabilities } from "./integer-losses.js";
import { logErfc } from "./log-erfc.js";
import type { LossPair } from "./loss-pair.js";
import { lossRange, monotoneLosses, type ShiftedNoise } from "./monotone-losses.js";
import { type MechanismEvent, type RepeatedEvent, unsampled } from "./privacy-event.js";
import {
  composeLosses,
  deltaOfLosses,
  epsilonOfLosses,
  joinLosses,
  type PrivacyLossDistribution,
} from "./privacy-loss-distribution.js";

const STEP = 1e-4;
/** Gaussian noise beyond so many deviations counts as an infinite loss: its probability is below 1e-21. */
const TAIL = 9.6;
/** Grid points of one loss; a wider range of losses gets a coarser grid. */
const MOST_POINTS = 120_000;

/**
 * Privacy loss distributions on a grid, composed by Fourier transform: the tightest, at most one grid step of epsilon
 * above the truth for each composition, mostly far less. Counts Gaussian and Laplace noise, and integer noise on one
 * coordinate of whole sensitivity; sampled or not. Gaussians of everybody are read exactly.
 */
export const pldAccountant: Accountant = {
  name: "pld",
  epsilon: (events, delta) =>
    read(
      events,
      (z) => gaussianEpsilon(z, 1, delta),
      (losses) => epsilonOfLosses(losses, delta),
    ),
  delta: (events, epsilon) =>
    read(
      events,
      (z) => gaussianDelta(z, 1, epsilon),
      (losses) => deltaOfLosses(losses, epsilon),
    ),
};

function read(
  events: readonly RepeatedEvent[],
  ofGaussian: (noiseMultiplier: number) => number,
  ofLosses: (losses: PrivacyLossDistribution) => number,
): number | undefined {
  const seen = events.filter(({ event }) => unsampled(event).probability > 0);
  const z = joinedNoise(seen);
  if (z !== undefined) return ofGaussian(z);
  const mechanisms = seen.map(({ event, compositions }) => {
    const { event: mechanism, probability } = unsampled(event);
    const losses = lossesOf(mechanism, probability);
    return losses && { losses, compositions, symmetric: probability === 1 };
  });
  let step = 0;
  for (const mechanism of mechanisms) {
    if (!mechanism) return undefined;
    step = Math.max(step, mechanism.losses.step);
  }
  const pairs = mechanisms.flatMap((mechanism) => (mechanism ? [compose(mechanism, step)] : []));
  const [first, ...others] = pairs;
  if (!first) return undefined;
  const whole = (side: keyof LossPair) =>
    others.reduce((sum, pair) => joinLosses(sum, pair[side]), first[side]);
  return Math.max(ofLosses(whole("removing")), ofLosses(whole("adding")));
}

interface Losses {
  /** The finest grid on which they can be held. */
  readonly step: number;
  on(step: number): LossPair;
}

interface Repeated {
  readonly losses: Losses;
  readonly compositions: number;
  /** Symmetric noise without sampling loses as much either way. */
  readonly symmetric: boolean;
}

function compose({ losses, compositions, symmetric }: Repeated, step: number): LossPair {
  const { removing, adding } = losses.on(step);
  const composed = composeLosses(removing, compositions);
  return { removing: composed, adding: symmetric ? composed : composeLosses(adding, compositions) };
}

function lossesOf(event: MechanismEvent, q: number): Losses | undefined {
  switch (event.mechanism) {
    case "gaussian":
      return continuous(gaussianNoise(event.noiseMultiplier), q);
    case "laplace":
      return continuous(laplaceNoise(event.noiseMultiplier), q);
    case "discrete-gaussian":
      return integer(event.sensitivity, q, () => discreteGaussianWeights(event.stddev));
    case "discrete-laplace":
      return integer(event.sensitivity, q, () => discreteLaplaceWeights(event.scale));
    case "skellam":
      return event.l1Sensitivity === event.sensitivity
        ? integer(event.sensitivity, q, () => skellamWeights(event.variance))
        : undefined;
    case "correlated-gaussian":
      return continuous(gaussianNoise(event.noiseMultiplier / Math.sqrt(event.squaredSensitivity)), q);
    case "distributed-discrete-gaussian":
      return undefined;
  }
}

function continuous(noise: ShiftedNoise, q: number): Losses {
  const [least, greatest] = lossRange(noise, q);
  const step = Math.max(STEP, (greatest - least) / MOST_POINTS);
  return { step, on: (wanted) => monotoneLosses(noise, q, wanted) };
}

function integer(
  shift: number,
  q: number,
  weights: () => Parameters<typeof probabilities>[0],
): Losses | undefined {
  if (!Number.isInteger(shift)) return undefined;
  const noise = probabilities(weights());
  const [last, before] = [noise.at(-1) ?? 1, noise[Math.max(0, noise.length - 1 - shift)] ?? 1];
  const step = Math.max(STEP, (2 * Math.log(before / last)) / MOST_POINTS);
  return { step, on: (wanted) => integerLosses(noise, shift, q, wanted) };
}

function gaussianNoise(z: number): ShiftedNoise {
  return {
    from: -TAIL * z,
    to: 1 + TAIL * z,
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
    logRatio: (x) => Math.min(1, Math.max(-1, 2 * x - 1)) / z,
    noiseAt: (logRatio) => (logRatio * z + 1) / 2,
    mass: (a, b) => laplaceCdf(b / z) - laplaceCdf(a / z),
  };
}

const laplaceCdf = (x: number) => (x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2);

/** Mass of the standard normal between a and b, from the tail that they are in. */
function normalMass(a: number, b: number): number {
  if (a + b < 0) return normalMass(-b, -a);
  return (Math.exp(logErfc(a / Math.SQRT2)) - Math.exp(logErfc(b / Math.SQRT2))) / 2;
}
