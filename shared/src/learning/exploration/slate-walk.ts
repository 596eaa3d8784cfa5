import type { Random } from "../../random/random.js";
import type { SlateRule } from "../rules/slate-rule.js";
import type { ExploredItem } from "./epsilon-greedy.js";
import type { PlacePolicy } from "./place-policy.js";

interface SlateWalkOptions {
  readonly scores: ArrayLike<number>;
  readonly policy: PlacePolicy;
  readonly rules?: readonly SlateRule[];
}

/**
 * A slate in the making: the exact distribution of each place given the items above it, whoever chooses them. Rules change
 * scores before the draw, so that their part is in the propensities.
 */
export class SlateWalk {
  readonly #scores: Float64Array;
  readonly #policy: PlacePolicy;
  readonly #rules: readonly SlateRule[];

  constructor({ scores, policy, rules = [] }: SlateWalkOptions) {
    this.#scores = Float64Array.from(scores);
    this.#policy = policy;
    this.#rules = rules;
  }

  /** Of the next place, one a candidate; undefined where none may be shown there. */
  distribution(): Float64Array | undefined {
    const scores = this.#scores.slice();
    for (const rule of this.#rules) rule.adjust(scores);
    return scores.some((score) => score > Number.NEGATIVE_INFINITY) ? this.#policy(scores) : undefined;
  }

  /** Gives the next place to a candidate. */
  take(place: number): void {
    this.#scores[place] = Number.NEGATIVE_INFINITY;
    for (const rule of this.#rules) rule.shown(place);
  }
}

/** Draws up to `count` items; fewer where rules leave no more. */
export function drawSlate(walk: SlateWalk, count: number, random: Random): ExploredItem[] {
  const slate: ExploredItem[] = [];
  while (slate.length < count) {
    const distribution = walk.distribution();
    if (!distribution) break;
    const place = drawFrom(distribution, random);
    slate.push({ place, propensity: distribution[place] ?? 0 });
    walk.take(place);
  }
  return slate;
}

/**
 * The probabilities with which a walk shows a slate, place by place, each given the items above it: what {@link drawSlate}
 * would have logged as their propensities.
 * @param slate Places among the candidates, first item of the slate first; none twice.
 */
export function slateProbabilities(walk: SlateWalk, slate: readonly number[]): number[] {
  return slate.map((place) => {
    const probability = walk.distribution()?.[place] ?? 0;
    walk.take(place);
    return probability;
  });
}

/** Never one of probability 0, whatever is lost to rounding. */
function drawFrom(distribution: Float64Array, random: Random): number {
  let rest = random.uniform();
  let last = 0;
  for (let place = 0; place < distribution.length; place++) {
    const probability = distribution[place] ?? 0;
    if (probability === 0) continue;
    last = place;
    rest -= probability;
    if (rest < 0) break;
  }
  return last;
}
