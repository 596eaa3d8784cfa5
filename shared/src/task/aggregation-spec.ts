import * as v from "valibot";
import { COMBINE_RULES } from "./combine-rule.js";
import { below, positive } from "./numbers.js";

/** What becomes of a sum. */
export const aggregationSchema = v.strictObject({
  optimiser: v.optional(v.picklist(["fedavg", "fedavgm", "fedadam", "fedyogi"]), "fedavg"),
  learningRate: positive(1000, 1),
  momentum: v.optional(below(1), 0.9),
  secondMoment: v.optional(below(1), 0.99),
  adaptivity: positive(10, 1e-3),
  /**
   * How group means (`cohort.groups`), or in modes `local` and `trusted` single updates, become one update. All rules but
   * `mean` leave out first what is longer than clip and noise explain; so does `mean` of groups.
   */
  combine: v.optional(v.picklist(COMBINE_RULES), "mean"),
  /** Of the group means or single updates: so many may be corrupt, for trimmed-mean, krum and multi-krum. */
  byzantineFraction: v.optional(below(0.5), 0.2),
});
