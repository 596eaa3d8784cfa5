import { expect, it } from "vitest";
import { explore } from "../../../src/learning/exploration/explore.js";
import type { ActionEmbeddings } from "../../../src/learning/exploration/place-policy.js";
import { drawSlate, SlateWalk } from "../../../src/learning/exploration/slate-walk.js";
import type { SlateRule } from "../../../src/learning/rules/slate-rule.js";
import { seededRandom } from "../../../src/random/random.js";
import type { ExplorationSpec } from "../../../src/task/exploration-spec.js";

const SCORES = [0.2, 1.1, -0.3, 0.9, 0.4];
const EMBEDDINGS: ActionEmbeddings = {
  width: 2,
  candidates: [1, 0, 0, 1, 0.6, 0.8, -1, 0.2, 0.3, -0.7],
  past: [1, 0, 1, 0, 0.6, 0.8],
};
const PLACES = 3;
const DRAWS = 40_000;
/** Items that are liked, whoever shows them. */
const WORTH = [0.1, 0.3, 0.9, 0.2, 0.6];
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** What every kind of exploration keeps to. */
export function explorationContract(exploration: ExplorationSpec): void {
  const begin = (rules: readonly SlateRule[] = []) =>
    new SlateWalk({
      scores: SCORES,
      policy: explore(exploration, { scores: SCORES, embeddings: EMBEDDINGS }, seededRandom(7)),
      rules,
    });

  it("has propensities that sum to one over what is left, at each place, and none for what is not", () => {
    const walk = begin();
    for (const [place, taken] of [3, 0, 4, 1, 2].entries()) {
      const distribution = walk.distribution() ?? [];
      expect(sum(distribution)).toBeCloseTo(1, 12);
      for (const before of [3, 0, 4, 1, 2].slice(0, place)) expect(distribution[before]).toBe(0);
      walk.take(taken);
    }
    expect(walk.distribution()).toBeUndefined();
  });

  it("shows every slate as often as the product of its propensities says", () => {
    const random = seededRandom(11);
    const seen = new Map<string, { count: number; probability: number }>();
    for (let draw = 0; draw < DRAWS; draw++) {
      const slate = drawSlate(begin(), PLACES, random);
      const key = slate.map(({ place }) => place).join();
      const probability = slate.reduce((product, { propensity }) => product * propensity, 1);
      const known = seen.get(key) ?? { count: 0, probability };
      expect(known.probability).toBeCloseTo(probability, 12);
      seen.set(key, { count: known.count + 1, probability });
    }
    // Slates that are rarer than the approximation allows are one together.
    let [chiSquare, cells, restCount, restExpected] = [0, 0, DRAWS, DRAWS];
    for (const { count, probability } of seen.values()) {
      const expected = DRAWS * probability;
      if (expected < 10) continue;
      chiSquare += (count - expected) ** 2 / expected;
      cells++;
      restCount -= count;
      restExpected -= expected;
    }
    if (restExpected >= 10) chiSquare += (restCount - restExpected) ** 2 / restExpected;
    // Wilson & Hilferty's 99.99 % point of chi-square.
    const degrees = Math.max(1, cells - 1);
    const point = degrees * (1 - 2 / (9 * degrees) + 3.719 * Math.sqrt(2 / (9 * degrees))) ** 3;
    expect(chiSquare).toBeLessThan(point);
  });

  it("logs slates by which inverse propensities value another policy without bias", () => {
    const random = seededRandom(13);
    const uniform = [1 / 5, 1 / 4];
    // The uniform policy's slates of two earn twice the mean of what items are worth.
    const truth = 2 * (sum(WORTH) / WORTH.length);
    let [total, squares] = [0, 0];
    for (let draw = 0; draw < DRAWS; draw++) {
      const slate = drawSlate(begin(), 2, random);
      let weight = 1;
      let value = 0;
      for (const [k, { place, propensity }] of slate.entries()) {
        weight *= (uniform[k] ?? 0) / propensity;
        value += weight * (WORTH[place] ?? 0);
      }
      total += value;
      squares += value ** 2;
    }
    const mean = total / DRAWS;
    const error = Math.sqrt((squares / DRAWS - mean ** 2) / DRAWS);
    expect(Math.abs(mean - truth)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.1);
  });

  it("keeps to rules, whose part is in the propensities", () => {
    const pairs: SlateRule = {
      adjust(scores) {
        scores[1] = Number.NEGATIVE_INFINITY;
        scores[4] = (scores[4] ?? 0) + 1;
      },
      shown: () => undefined,
    };
    const distribution = begin([pairs]).distribution() ?? [];
    expect(distribution[1]).toBe(0);
    expect(sum(distribution)).toBeCloseTo(1, 12);
    expect(distribution[4]).toBeGreaterThan(begin().distribution()?.[4] ?? 1);
  });
}
