import { best, type Random } from "@tacit/shared";
import type { BanditLog } from "../log/bandit-log.js";
import { betaDraw } from "./beta-draw.js";
import type { BetaPrior } from "./beta-prior.js";
import { type EvaluatedPolicy, fixedPolicy, partedPolicy } from "./evaluated-policy.js";
import { countItems } from "./item-counts.js";
import { zozotownPrior } from "./zozotown-prior.js";

interface ThompsonOptions {
  readonly fold: Int32Array;
  readonly folds: number;
  /** Slates drawn for one set of distributions. */
  readonly draws: number;
  readonly random: Random;
  /** Whether the log is one of the Open Bandit Dataset. */
  readonly openBandit: boolean;
}

/**
 * Bernoulli Thompson sampling (Thompson 1933; Chapelle & Li 2011): the items with the highest draws of their rates, best first.
 * How likely each item is at each place is counted over many slates, as the Open Bandit Pipeline does. On a log of the Open
 * Bandit Dataset the rates are those that its shop began with; on any other log each fold sees what Beta(1, 1) becomes by the
 * rewards (each within [0, 1]) of the other folds.
 */
export function thompsonPolicy(log: BanditLog, options: ThompsonOptions): EvaluatedPolicy {
  const { positions, items } = log;
  const { fold, folds, draws, random } = options;
  const known = options.openBandit ? zozotownPrior(items) : undefined;
  const sampled = (prior: BetaPrior, description: string) =>
    fixedPolicy(positions, slateDistributions(prior, log, draws, random), description);
  if (known) return sampled(known, `the shop's own prior, ${draws} slates drawn`);
  const within = { ...log, rewards: log.rewards.map((reward) => Math.max(0, Math.min(1, reward))) };
  const policies = Array.from({ length: folds }, (_, without) => {
    const { shown, rewards } = countItems(within, fold, without);
    const alpha = rewards.map((reward) => 1 + reward);
    return sampled({ alpha, beta: shown.map((count, row) => 1 + count - (rewards[row] ?? 0)) }, "");
  });
  return partedPolicy(fold, policies, `learned from the other of ${folds} folds, ${draws} slates drawn`);
}

/** Shares of the slates drawn that hold each item at each place. */
function slateDistributions(
  { alpha, beta }: BetaPrior,
  { items, places }: BanditLog,
  draws: number,
  random: Random,
): Float64Array[] {
  const distributions = Array.from({ length: places }, () => new Float64Array(items.length));
  const rates = new Float64Array(items.length);
  for (let draw = 0; draw < draws; draw++) {
    for (let row = 0; row < rates.length; row++) {
      rates[row] = betaDraw(alpha[row] ?? 1, beta[row] ?? 1, random);
    }
    for (const [place, row] of best(rates, places).entries()) {
      const distribution = distributions[place];
      if (distribution) distribution[row] = (distribution[row] ?? 0) + 1;
    }
  }
  return distributions.map((distribution) => distribution.map((count) => count / draws));
}
