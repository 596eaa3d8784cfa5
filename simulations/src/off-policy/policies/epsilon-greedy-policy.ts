import type { BanditLog } from "../log/bandit-log.js";
import { type EvaluatedPolicy, fixedPolicy, partedPolicy } from "./evaluated-policy.js";
import { countItems } from "./item-counts.js";

/** Impressions that the mean reward of all items counts for in the rate of each. */
const PRIOR_IMPRESSIONS = 10;

/**
 * The items with the highest smoothed reward an impression, best first, or with probability epsilon a slate drawn uniformly
 * (as in the Open Bandit Pipeline): at place k the k-th best with 1 − ε + ε / n, every other item with ε / n. The rates that a
 * round sees are those of the other folds: nothing is evaluated on what it was fitted to.
 */
export function epsilonGreedyPolicy(
  log: BanditLog,
  epsilon: number,
  fold: Int32Array,
  folds: number,
): EvaluatedPolicy {
  const { items, places, positions } = log;
  const policies = Array.from({ length: folds }, (_, without) => {
    const { shown, rewards } = countItems(log, fold, without);
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    const prior = (total(rewards) / Math.max(1, total(shown))) * PRIOR_IMPRESSIONS;
    const rates = rewards.map((reward, row) => (reward + prior) / ((shown[row] ?? 0) + PRIOR_IMPRESSIONS));
    const ranked = items.map((_item, row) => row).sort((a, b) => (rates[b] ?? 0) - (rates[a] ?? 0) || a - b);
    const distributions = Array.from({ length: places }, (_place, place) => {
      const distribution = new Float64Array(items.length).fill(epsilon / items.length);
      const best = ranked[place];
      if (best !== undefined) distribution[best] = (distribution[best] ?? 0) + 1 - epsilon;
      return distribution;
    });
    return fixedPolicy(positions, distributions, "");
  });
  const description = `best by the rewards of the other of ${folds} folds, epsilon ${epsilon}`;
  return partedPolicy(fold, policies, description);
}
