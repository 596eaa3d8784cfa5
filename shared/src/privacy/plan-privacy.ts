import { calibrateNoise } from "./calibrate-noise.js";
import { planSealing } from "./plan-sealing.js";
import { coordinatorStatement, releasesStatement } from "./statements.js";

/** What an operator knows, or wants, before a task begins. */
export interface PrivacyQuestion {
  /** In the whole population. */
  readonly clients: number;
  /** Asked in each round. */
  readonly cohort: number;
  /** Share of a cohort that never uploads. */
  readonly dropout: number;
  /** Share of a cohort whose noise is not counted on. */
  readonly corrupt: number;
  readonly roundsPerDay: number;
  readonly days: number;
  readonly epsilon: number;
  readonly delta: number;
  readonly dimension: number;
  readonly clip: number;
}

export interface PrivacyAnswer {
  readonly rounds: number;
  /** A client's mean, if everybody is as often there. */
  readonly expectedParticipations: number;
  /** What no client passes: three standard deviations above the mean. */
  readonly maximumParticipations: number;
  /** U_min: what all but about one cohort in a thousand reaches. */
  readonly minimumContributors: number;
  readonly noiseMultiplier: number;
  /** The fewest that cost no more than 1 % of noise. */
  readonly bits: number;
  readonly scale: number;
  /** Length of a clipped update over the expected length of the noise on a cohort's mean. */
  readonly signalToNoise: number;
  readonly releasesEpsilon: number;
  readonly coordinatorEpsilon: number;
}

export type PlannedPrivacy =
  | { readonly ok: true; readonly answer: PrivacyAnswer }
  | { readonly ok: false; readonly field: string; readonly message: string };

const DEVIATIONS = 3;
const TOLERATED_NOISE = 1.01;
const [FEWEST_BITS, MOST_BITS] = [8, 32];

/** The parameters of a task that keep to a budget, and the signal that they leave. */
export function planPrivacy(question: PrivacyQuestion): PlannedPrivacy {
  const { clients, cohort, dropout, corrupt, dimension, clip, epsilon, delta } = question;
  if (cohort > clients) return { ok: false, field: "cohort", message: `more than the ${clients} clients` };
  const rounds = Math.max(1, Math.ceil(question.roundsPerDay * question.days));
  const expectedParticipations = (rounds * cohort * (1 - dropout)) / clients;
  const spread = Math.sqrt(expectedParticipations * (1 - (cohort * (1 - dropout)) / clients));
  const maximumParticipations = Math.min(
    rounds,
    Math.max(1, Math.ceil(expectedParticipations + DEVIATIONS * spread)),
  );
  const survivors = cohort * (1 - dropout);
  const minimum = Math.max(1, Math.floor(survivors - DEVIATIONS * Math.sqrt(survivors * dropout)));
  const taskWith = (bits: number, noiseMultiplier = 1) => ({
    privacy: { mode: "distributed" as const, clip, noiseMultiplier, bits, delta, maximumEpsilon: epsilon },
    cohort: { size: cohort, minimum, corruptFraction: corrupt },
  });
  const noiseAt = (bits: number) => calibrateNoise(taskWith(bits), dimension, maximumParticipations);
  const finest = noiseAt(MOST_BITS);
  if (finest === undefined) {
    return { ok: false, field: "epsilon", message: `${epsilon} needs more noise than any modulus holds` };
  }
  let bits = FEWEST_BITS;
  while (bits < MOST_BITS && !((noiseAt(bits) ?? Number.POSITIVE_INFINITY) <= TOLERATED_NOISE * finest))
    bits++;
  const noiseMultiplier = noiseAt(bits) ?? finest;
  const task = taskWith(bits, noiseMultiplier);
  const planned = planSealing(task, dimension);
  if (!planned.ok) return planned;
  const { scale, shareDeviation } = planned.plan;
  const noise = (shareDeviation / scale) * Math.sqrt(dimension / survivors);
  return {
    ok: true,
    answer: {
      rounds,
      expectedParticipations,
      maximumParticipations,
      minimumContributors: minimum,
      noiseMultiplier,
      bits,
      scale,
      signalToNoise: clip / noise,
      releasesEpsilon: releasesStatement(task, dimension, maximumParticipations).epsilon,
      coordinatorEpsilon: coordinatorStatement(task, dimension, maximumParticipations).epsilon,
    },
  };
}
