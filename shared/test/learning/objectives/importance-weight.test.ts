import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SlateWalk, slateProbabilities } from "../../../src/learning/exploration/slate-walk.js";
import { importanceWeight } from "../../../src/learning/objectives/importance-weight.js";

const UNCLIPPED = 1000;
const PLACES = 4;
/** π's logits of five items. */
const LOGITS = [0.2, 1.1, -0.3, 0.9, 0.4];

function softmax(logits: ArrayLike<number>): Float64Array {
  const powers = Float64Array.from(logits, Math.exp);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Every slate of so many of these items, in every order. */
function slatesOf(items: readonly number[], places: number): number[][] {
  if (places === 0) return [[]];
  return items.flatMap((item) =>
    slatesOf(
      items.filter((other) => other !== item),
      places - 1,
    ).map((rest) => [item, ...rest]),
  );
}

/** By place, over all slates that π draws itself, each as often as it draws it. */
function meanWeights(logits: readonly number[], places: number): Float64Array {
  const policy = softmax(logits);
  const means = new Float64Array(places);
  for (const slate of slatesOf([...logits.keys()], places)) {
    const propensities = slateProbabilities(new SlateWalk({ scores: logits, policy: softmax }), slate);
    const probability = propensities.reduce((product, propensity) => product * propensity, 1);
    for (const [place, propensity] of propensities.entries()) {
      const logPolicy = Math.log(policy[slate[place] ?? 0] ?? 0);
      means[place] = (means[place] ?? 0) + probability * importanceWeight(logPolicy, propensity, UNCLIPPED);
    }
  }
  return means;
}

describe("importance weights of slates that the policy drew itself", () => {
  it("fall by place where a slate takes most of what there is", () => {
    expect([...meanWeights(LOGITS, PLACES)].map((mean) => mean.toFixed(2))).toEqual([
      "1.00",
      "0.76",
      "0.53",
      "0.32",
    ]);
  });

  it("are the share of items that is left, where all are as likely: near 1 in a large catalogue", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), (items) => {
        const means = meanWeights(new Array<number>(items).fill(0), 2);
        expect(means[0]).toBeCloseTo(1, 10);
        expect(means[1]).toBeCloseTo((items - 1) / items, 10);
      }),
    );
  });
});

describe("an importance weight", () => {
  it("is at most the clip, and 1 where no propensity was logged", () => {
    expect(importanceWeight(Math.log(0.5), 0.01, 5)).toBe(5);
    expect(importanceWeight(Math.log(0.5), 0, 5)).toBe(1);
  });
});
