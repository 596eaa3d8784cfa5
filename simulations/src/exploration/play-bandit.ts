import { drawSlate, explore, type Random, SlateWalk, type TaskSpec } from "@tacit/shared";
import type { LinearBandit } from "./linear-bandit.js";
import { RidgeRegression } from "./ridge-regression.js";

/** Regret so far after each round of a device that shows one item a round and learns from what it earned. */
export function playBandit(
  bandit: LinearBandit,
  exploration: TaskSpec["exploration"],
  rounds: number,
  random: Random,
): Float64Array {
  const { width, items, embeddings } = bandit;
  const regression = new RidgeRegression(width);
  const vectorOf = (item: number) => embeddings.subarray(item * width, (item + 1) * width);
  const past = new Float64Array(rounds * width);
  const regrets = new Float64Array(rounds);
  let regret = 0;
  for (let round = 0; round < rounds; round++) {
    const weights = regression.weights();
    const scores = Float64Array.from({ length: items }, (_, item) =>
      vectorOf(item).reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0),
    );
    const known = { width, candidates: embeddings, past: past.subarray(0, round * width) };
    const policy = explore(exploration, { scores, embeddings: known }, random);
    const [shown] = drawSlate(new SlateWalk({ scores, policy }), 1, random);
    if (!shown) break;
    regression.observe(vectorOf(shown.place), bandit.reward(shown.place, random));
    past.set(vectorOf(shown.place), round * width);
    regret += bandit.regret(shown.place);
    regrets[round] = regret;
  }
  return regrets;
}
