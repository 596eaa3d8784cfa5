import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actorCritic } from "../../../src/learning/objectives/actor-critic.js";
import { importanceWeight } from "../../../src/learning/objectives/importance-weight.js";
import { policyGradient } from "../../../src/learning/objectives/policy-gradient.js";
import { ppo } from "../../../src/learning/objectives/ppo.js";
import { FORMULAS, IMPORTANCE_CLIP } from "./formulas.js";
import { gradientOf, ITEMS_PER_NEGATIVE, type Made, points } from "./point.js";

const STEP = 1e-5;

describe.each(Object.entries(FORMULAS))("the objective %s", (_, { loss, written }) => {
  it("is the loss that its formula says", () => {
    fc.assert(
      fc.property(points, (point) => {
        expect(gradientOf(point, loss(point)).loss).toBeCloseTo(written(point, point), 4);
      }),
    );
  });

  it("has output gradients that agree with finite differences, with and without propensities", () => {
    fc.assert(
      fc.property(points, (point) => {
        const gradients = gradientOf(point, loss(point));
        const moved = (name: keyof Made, i: number, by: number) =>
          written(point, { ...point, [name]: point[name].with(i, (point[name][i] ?? 0) + by) });
        for (const name of ["logits", "critic", "values"] as const) {
          for (let i = 0; i < point[name].length; i++) {
            const slope = (moved(name, i, STEP) - moved(name, i, -STEP)) / (2 * STEP);
            const scale = 1 + Math.abs(slope);
            expect(Math.abs((gradients[name][i] ?? Number.NaN) - slope) / scale).toBeLessThan(1e-3);
          }
        }
      }),
      // Where a clip bends the loss, a difference may straddle the bend: the same cases every time.
      { numRuns: 50, seed: 1 },
    );
  });
});

describe("the weight of a logged action", () => {
  it("is what the policy makes of it against its propensity, never more than the clip, and 1 where nobody logged it", () => {
    expect(importanceWeight(Math.log(0.3), 0.2, IMPORTANCE_CLIP)).toBeCloseTo(1.5, 12);
    expect(importanceWeight(Math.log(0.3), 1e-9, IMPORTANCE_CLIP)).toBe(IMPORTANCE_CLIP);
    expect(importanceWeight(Math.log(0.3), 0, IMPORTANCE_CLIP)).toBe(1);
  });

  it("is clipped in the actor-critic, however small the propensity", () => {
    const weights = { policyWeight: 1, valueWeight: 0, entropyWeight: 0, nextItemWeight: 0 };
    const slopeAt = (propensity: number) =>
      gradientOf({ logits: [5, 0], critic: [0, 0], values: [0], targets: [1] }, (outputs, gradients) =>
        actorCritic(
          { kind: "actor-critic", ...weights, importanceClip: IMPORTANCE_CLIP },
          1,
          outputs,
          { targets: [1], rewards: [1], propensities: [propensity] },
          gradients,
        ),
      ).logits[1] ?? 0;
    expect(slopeAt(1e-9)).toBeCloseTo(slopeAt(1e-3), 6);
    expect(slopeAt(1e-9)).toBeGreaterThan(slopeAt(1));
  });
});

describe("the entropy", () => {
  it("is that of the whole catalogue: of equal logits the logarithm of its size, where it pulls at none of them", () => {
    const equal = { logits: [2, 2, 2, 2], critic: [0, 0, 0, 0], values: [0], targets: [0] };
    const { loss, logits } = gradientOf(equal, (outputs, gradients) => {
      gradients.entropy[0] = 1;
      return outputs.entropy[0] ?? 0;
    });
    expect(loss).toBeCloseTo(Math.log(1 + 3 * ITEMS_PER_NEGATIVE), 6);
    for (const slope of logits) expect(slope).toBeCloseTo(0, 6);
  });
});

describe("the top-K correction", () => {
  /** dLoss/dlogPolicy of one action that paid 1, beside what K = 1 makes of it. */
  const ratio = (topK: number, probability: number) => {
    const slope = (K: number) => {
      const logPolicy = new Float64Array(1);
      policyGradient(
        { kind: "policy-gradient", topK: K, valueWeight: 0, entropyWeight: 0, importanceClip: 5 },
        1,
        { logPolicy: [Math.log(probability)], entropy: [0], values: [0], valueLosses: [0] },
        { returns: [1], propensities: [0.5] },
        { logPolicy, entropy: new Float64Array(1), valueLosses: new Float64Array(1) },
      );
      return logPolicy[0] ?? Number.NaN;
    };
    return slope(topK) / slope(1);
  };

  it("is K (1 − π)^(K − 1): K for what is hardly ever shown, nothing for what always is", () => {
    expect(ratio(16, 1e-9)).toBeCloseTo(16, 6);
    expect(ratio(2, 0.3)).toBeCloseTo(2 * 0.7, 12);
    expect(ratio(16, 1)).toBeCloseTo(0, 12);
  });
});

describe("the clipped surrogate", () => {
  const slope = (now: number, advantage: number) => {
    const logPolicy = new Float64Array(1);
    ppo(
      { kind: "ppo", ratioClip: 0.2, lambda: 1, valueWeight: 0, entropyWeight: 0, importanceClip: 5 },
      1,
      { logPolicy: [Math.log(now)], entropy: [0], valueLosses: [0] },
      { logPolicy: [Math.log(0.5)], advantages: [advantage], propensities: [0] },
      { logPolicy, entropy: new Float64Array(1), valueLosses: new Float64Array(1) },
    );
    return logPolicy[0] ?? Number.NaN;
  };

  it("stops pulling where the policy is a fifth away from the received one, and still lets it back", () => {
    expect(slope(0.5, 1)).toBeCloseTo(-1, 12);
    expect(slope(0.61, 1)).toBe(0);
    expect(slope(0.39, -1)).toBe(0);
    expect(slope(0.61, -1)).toBeCloseTo(1.22, 12);
    expect(slope(0.39, 1)).toBeCloseTo(-0.78, 12);
  });
});
