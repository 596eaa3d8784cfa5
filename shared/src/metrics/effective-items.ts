/** A cohort's mean `exposure` in one round, read through noise of this standard deviation. */
interface MeanExposure {
  readonly mean: number;
  readonly standardError: number;
}

/** Of how many items, all shown equally often, the impressions of a round could be; about a 95 % interval. */
export interface EffectiveItems {
  readonly items: number;
  readonly fewest: number;
  readonly most: number;
}

const DEVIATIONS = 2;

/**
 * The inverse Simpson index 1 / Σ p² of what cohorts are shown (Hill 1973, Ecology 54, "Diversity and evenness": the number of
 * order 2), p being the share of impressions that an item has. The square of a round's mean exposure is Σ p² on average over
 * its signs, and the variance of the noise more; the rounds' mean is inverted, since an inverse has no mean of its own.
 * Undefined where Σ p² cannot be told from 0: with too much noise, with sums too small for a double's inverse, and with eight
 * rounds or fewer even without any.
 * @param size Of the catalogue: no more items than these are shown, whatever the noise says. Not capped without it.
 */
export function effectiveItems(
  rounds: readonly MeanExposure[],
  size = Number.POSITIVE_INFINITY,
): EffectiveItems | undefined {
  const count = rounds.length;
  const concentration =
    rounds.reduce((sum, { mean, standardError }) => sum + mean ** 2 - standardError ** 2, 0) / count;
  // A sum of signs has at most a Gaussian's fourth moment, so the square has at most twice the square of its mean.
  const variance = rounds.reduce(
    (sum, { standardError }) => sum + 2 * (concentration + standardError ** 2) ** 2,
    0,
  );
  const margin = (DEVIATIONS * Math.sqrt(variance)) / count;
  if (!(concentration > margin && Number.isFinite(1 / (concentration - margin)))) return undefined;
  /** At least one item is shown. */
  const numberOf = (sum: number): number => Math.min(size, Math.max(1, 1 / sum));
  return {
    items: numberOf(concentration),
    fewest: numberOf(concentration + margin),
    most: numberOf(concentration - margin),
  };
}
