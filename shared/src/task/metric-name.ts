/**
 * What a client can add up privately beside its update.
 *
 * Of its training: the loss of the last step and the mean reward an interaction. Of the received model, by the item that the
 * client last found good among a hundred: HR@10 (of everybody, and of cold, warm and heavy users apart), NDCG@10, reciprocal
 * rank. Of the model's ten best items: how different they are, and how far from the client's own mix; by the received item
 * prior, how little known they are, and how much more popular than what the client takes; and a sketch from which several
 * rounds tell how many items cohorts are shown (`exposure`). By logged propensities: what a slate of the received model would
 * have earned (`ips`), and how many of its places would have been seen (`ips-weight`), which says how far the first can be
 * believed. Of the history: clicks an impression, purchases a click, satisfaction, returns
 * within a week, and rewards, in all and discounted by session.
 */
export const METRIC_NAMES = [
  "loss",
  "reward",
  "hit-rate",
  "hit-rate-cold",
  "hit-rate-warm",
  "hit-rate-heavy",
  "ndcg",
  "mrr",
  "diversity",
  "miscalibration",
  "novelty",
  "popularity-lift",
  "exposure",
  "ips",
  "ips-weight",
  "click-rate",
  "conversion-rate",
  "satisfaction",
  "return-rate",
  "cumulative-reward",
  "discounted-reward",
] as const;

export type MetricName = (typeof METRIC_NAMES)[number];
