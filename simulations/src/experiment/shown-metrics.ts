/** What tables show, where there is any of it: the first is what an experiment is about. */
const SHOWN = ["reward", "ctr", "cvr", "satisfaction", "returns", "retention", "hr@10", "ndcg@10", "mrr"];

export const shownMetrics = (
  arms: readonly { readonly metrics: Readonly<Record<string, unknown>> }[],
): string[] => SHOWN.filter((metric) => arms.some(({ metrics }) => metrics[metric] !== undefined));

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
