/** How a round's visible vectors, group means or single updates, become one update. */
export const COMBINE_RULES = [
  "mean",
  "norm-filter",
  "coordinate-median",
  "trimmed-mean",
  "geometric-median",
  "krum",
  "multi-krum",
] as const;
export type CombineRule = (typeof COMBINE_RULES)[number];

/** Whether a rule does no more than add up what passed the norm bound. */
export const isLinear = (rule: CombineRule): boolean => rule === "mean" || rule === "norm-filter";
