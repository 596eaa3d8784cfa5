import { type CanaryEstimate, canaryEstimate, type Guesses, oneRunEpsilon } from "@tacit/shared";

export interface ScoredCanary {
  readonly included: boolean;
  /** How much of its direction was heard. */
  readonly score: number;
}

/** What was promised beside what can be shown against it. */
export interface AuditVerdict {
  readonly claimed: { readonly epsilon: number; readonly delta: number };
  readonly oneRun: Guesses & { readonly epsilonLowerBound: number };
  readonly canaryEstimate: CanaryEstimate;
  /** A lower bound is above the claim: the build or the mathematics is wrong. */
  readonly refuted: boolean;
}

/** Of all canaries: the auditor guesses only where it is surest. */
const GUESSED_SHARE = 0.2;

/** Guesses "in" for the highest scores and "out" for the lowest, and estimates from all of them. */
export function verdict(
  canaries: readonly ScoredCanary[],
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number },
): AuditVerdict {
  const ranked = canaries.toSorted((a, b) => b.score - a.score);
  const each = Math.max(1, Math.floor((canaries.length * GUESSED_SHARE) / 2));
  const correct =
    ranked.slice(0, each).filter(({ included }) => included).length +
    ranked.slice(-each).filter(({ included }) => !included).length;
  const guesses = { canaries: canaries.length, guesses: 2 * each, correct };
  const epsilonLowerBound = oneRunEpsilon(guesses, delta);
  const scoresOf = (wanted: boolean) =>
    canaries.filter(({ included }) => included === wanted).map(({ score }) => score);
  const estimate = canaryEstimate(scoresOf(true), scoresOf(false), delta);
  return {
    claimed: { epsilon, delta },
    oneRun: { ...guesses, epsilonLowerBound },
    canaryEstimate: estimate,
    refuted: Math.max(epsilonLowerBound, estimate.epsilonLowerBound) > epsilon,
  };
}
