import { type ModelledRounds, rewardRange } from "@tacit/shared";
import type { BanditLog } from "../log/bandit-log.js";
import type { EvaluatedPolicy } from "../policies/evaluated-policy.js";
import type { EncodedColumns } from "./encoded-columns.js";
import { fitLogistic, sigmoid } from "./logistic-regression.js";
import type { RewardColumns } from "./reward-columns.js";

const RIDGE = 1;

/**
 * A model of the reward: logistic in the sum of a constant, what is known of the user, the item (its features, and which one it
 * is) and the place, penalised by ½ |β|². No interactions: it cannot know that one user likes what another does not, and with a
 * handful of clicks it is little more than a popularity by place. Rewards beyond [0, 1] are scaled into it and back (a
 * quasi-likelihood, Papke & Wooldridge 1996).
 *
 * Cross-fitted (Narita, Yasui, Yata 2021, arXiv 2002.08536): a round is judged by the model that was fitted to the other folds,
 * as in the Open Bandit Pipeline, which fits one model a place on the same features.
 */
export function rewardModel(
  log: BanditLog,
  columns: RewardColumns,
  policy: EvaluatedPolicy,
  fold: Int32Array,
  folds: number,
): Pick<ModelledRounds, "estimates" | "expectations"> {
  const rounds = log.actions.length;
  const { users, items, width } = columns;
  const { minimum: low, maximum: high } = rewardRange(log.rewards);
  const scaled = { ...log, rewards: log.rewards.map((reward) => (reward - low) / (high - low)) };
  const estimates = new Float64Array(rounds);
  const expectations = new Float64Array(rounds);
  for (let held = 0; held < folds; held++) {
    const others = roundsWhere(fold, (one) => one !== held);
    const beta = fitLogistic({ ...designOf(scaled, columns, others), width, ridge: RIDGE });
    const itemLogits = log.items.map((_, row) => partLogit(items, row, beta, 1 + users.width));
    for (const round of roundsWhere(fold, (one) => one === held)) {
      const place = beta[width - log.places + (log.positions[round] ?? 0)] ?? 0;
      const known = (beta[0] ?? 0) + partLogit(users, round, beta, 1) + place;
      const expected = (row: number) => low + (high - low) * sigmoid(known + (itemLogits[row] ?? 0));
      estimates[round] = expected(log.actions[round] ?? 0);
      let sum = 0;
      for (const [row, probability] of policy.probabilities(round).entries()) {
        if (probability > 0) sum += probability * expected(row);
      }
      expectations[round] = sum;
    }
  }
  return { estimates, expectations };
}

const roundsWhere = (fold: Int32Array, wanted: (fold: number) => boolean): number[] =>
  [...fold.keys()].filter((round) => wanted(fold[round] ?? 0));

function designOf(
  { actions, positions, rewards }: BanditLog,
  { users, items }: RewardColumns,
  rounds: readonly number[],
) {
  const entries = 1 + users.entries + items.entries + 1;
  const places = new Int32Array(rounds.length * entries);
  const values = new Float64Array(rounds.length * entries).fill(1);
  for (const [row, round] of rounds.entries()) {
    let at = row * entries + 1;
    const copy = (part: EncodedColumns, from: number, offset: number) => {
      for (let entry = 0; entry < part.entries; entry++, at++) {
        places[at] = offset + (part.places[from * part.entries + entry] ?? 0);
        values[at] = part.values[from * part.entries + entry] ?? 0;
      }
    };
    copy(users, round, 1);
    copy(items, actions[round] ?? 0, 1 + users.width);
    places[at] = 1 + users.width + items.width + (positions[round] ?? 0);
  }
  const targets = Float64Array.from(rounds, (round) => rewards[round] ?? 0);
  return { entries, places, values, targets };
}

function partLogit(part: EncodedColumns, row: number, beta: Float64Array, offset: number): number {
  let logit = 0;
  for (let at = row * part.entries; at < (row + 1) * part.entries; at++) {
    logit += (part.values[at] ?? 0) * (beta[offset + (part.places[at] ?? 0)] ?? 0);
  }
  return logit;
}
