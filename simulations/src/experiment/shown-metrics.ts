/** What tables show, where there is any of it: the first is what an experiment is about. */
const SHOWN = ["reward", "ctr", "cvr", "satisfaction", "returns", "retention", "hr@10", "ndcg@10", "mrr"];

interface Measured {
  readonly metrics: Readonly<Record<string, { readonly mean: number }>>;
}

/** The first that there is, and those of the others that tell some of these apart. */
export function shownMetrics(arms: readonly Measured[]): string[] {
  const [primary, ...others] = SHOWN.filter((metric) => arms.some(({ metrics }) => metrics[metric]));
  return primary === undefined ? [] : [primary, ...others.filter((metric) => tellsApart(arms, metric))];
}

/** Not the same for all that have it; of one arm alone, all that it has. */
export const tellsApart = (arms: readonly Measured[], metric: string): boolean =>
  new Set(arms.flatMap(({ metrics }) => metrics[metric]?.mean ?? [])).size > (arms.length > 1 ? 1 : 0);

const LABELS: Readonly<Record<string, string>> = {
  reward: "reward a visit",
  ctr: "CTR",
  cvr: "CVR",
  "hr@10": "HR@10",
  "ndcg@10": "NDCG@10",
  mrr: "MRR",
};

/** As people call it. */
export const metricLabel = (metric: string): string => LABELS[metric] ?? metric;
