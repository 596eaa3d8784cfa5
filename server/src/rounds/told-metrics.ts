import {
  type EffectiveItems,
  effectiveItems,
  estimatesByRound,
  METRIC_NAMES,
  type MetricEstimate,
  type MetricSum,
  metricEstimate,
} from "@tacit/shared";

/** What several rounds told, taken together. */
export interface ToldMetrics {
  /** In the order of their names in the documents; `exposure` means nothing by its mean. */
  readonly means: readonly ToldMean[];
  /** By `exposure`, where any round told it. */
  readonly shown?: {
    readonly rounds: number;
    /** Null: they cannot be told from noise. */
    readonly items: EffectiveItems | null;
  };
}

interface ToldMean extends MetricEstimate {
  /** Whose sums were taken together. */
  readonly rounds: number;
}

/**
 * @param rounds what each round's sum told (`RoundRecord.metrics`): each with noise of its own.
 * @param size items in the catalogue, where it is known: of no more is anything shown.
 */
export function toldMetrics(rounds: readonly (readonly MetricSum[])[], size?: number): ToldMetrics {
  const told = (name: MetricSum["name"]) =>
    rounds.flatMap((metrics) => metrics.filter((metric) => metric.name === name));
  const names = (["within-clip", ...METRIC_NAMES] as const).filter((name) => name !== "exposure");
  // Signs are others in every round, so that each round is squared by itself.
  const exposures = estimatesByRound(told("exposure"));
  return {
    means: names.flatMap((name) => {
      const sums = told(name);
      const together = metricEstimate(sums);
      return together ? [{ ...together, rounds: sums.length }] : [];
    }),
    ...(exposures.length > 0 && {
      shown: { rounds: exposures.length, items: effectiveItems(exposures, size) ?? null },
    }),
  };
}
