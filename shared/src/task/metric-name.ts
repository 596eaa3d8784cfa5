/**
 * What a client can add up privately beside its update: the loss of its last training step, its mean reward an
 * interaction, and whether the received model ranks its last liked item among the ten best of a hundred (HR@10); by its
 * logged propensities what a slate of the received model would have earned (`ips`), and how many of its places would have
 * been seen (`ips-weight`): the first over the second is the self-normalised reward of an impression.
 */
export const METRIC_NAMES = ["loss", "reward", "hit-rate", "ips", "ips-weight"] as const;

export type MetricName = (typeof METRIC_NAMES)[number];
