import type { Random } from "@tacit/shared";

const WIDTH = 8;
const ITEMS = 60;
const NOISE = 0.5;

/** Items with unit vectors, and a user whose own vector says what each is worth on average. */
export interface LinearBandit {
  readonly width: number;
  readonly items: number;
  /** Items × width. */
  readonly embeddings: Float64Array;
  /** Of the best item, less that of this one. */
  regret(item: number): number;
  /** The worth of an item with normal noise. */
  reward(item: number, random: Random): number;
}

/** Stochastic linear bandit (Li et al. 2010, arXiv 1003.0146, §3.1) in eight dimensions, the user's vector of length 1. */
export function linearBandit(random: Random): LinearBandit {
  const unit = () => {
    const vector = Array.from({ length: WIDTH }, () => random.normal());
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
  const user = unit();
  const vectors = Array.from({ length: ITEMS }, unit);
  const worth = vectors.map((vector) => vector.reduce((sum, value, i) => sum + value * (user[i] ?? 0), 0));
  const most = Math.max(...worth);
  return {
    width: WIDTH,
    items: ITEMS,
    embeddings: Float64Array.from(vectors.flat()),
    regret: (item) => most - (worth[item] ?? 0),
    reward: (item, noise) => (worth[item] ?? 0) + NOISE * noise.normal(),
  };
}
