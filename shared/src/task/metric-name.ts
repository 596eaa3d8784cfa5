/**
 * What a client can add up privately beside its update: the loss of its last training step, its mean reward an
 * interaction, and whether the received model ranks its last liked item among the ten best of a hundred (HR@10).
 */
export const METRIC_NAMES = ["loss", "reward", "hit-rate"] as const;

export type MetricName = (typeof METRIC_NAMES)[number];
