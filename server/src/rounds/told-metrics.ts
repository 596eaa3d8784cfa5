import { type EffectiveItems, effectiveItems, METRIC_NAMES, type MetricEstimate } from "@tacit/shared";

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
  /** That told it. */
  readonly rounds: number;
}

/**
 * @param rounds what each round's sum told (`RoundRecord.metrics`): each with noise of its own.
 * @param size items in the catalogue, where it is known: of no more is anything shown.
 */
export function toldMetrics(rounds: readonly (readonly MetricEstimate[])[], size?: number): ToldMetrics {
  const told = (name: MetricEstimate["name"]) =>
    rounds.flatMap((metrics) => metrics.filter((metric) => metric.name === name));
  const names = (["within-clip", ...METRIC_NAMES] as const).filter((name) => name !== "exposure");
  const exposures = told("exposure");
  return {
    means: names.flatMap((name) => meanOf(name, told(name)) ?? []),
    ...(exposures.length > 0 && {
      shown: { rounds: exposures.length, items: effectiveItems(exposures, size) ?? null },
    }),
  };
}

function meanOf(name: MetricEstimate["name"], told: readonly MetricEstimate[]): ToldMean | undefined {
  const rounds = told.length;
  if (rounds === 0) return undefined;
  const mean = told.reduce((sum, one) => sum + one.mean, 0) / rounds;
  const standardError = Math.hypot(...told.map((one) => one.standardError)) / rounds;
  return { name, mean, standardError, rounds };
}
