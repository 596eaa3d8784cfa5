import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaussianEpsilon } from "../../../src/privacy/accounting/exact-gaussian.js";
import { canaryEstimate } from "../../../src/privacy/auditing/canary-estimate.js";
import { oneRunEpsilon } from "../../../src/privacy/auditing/one-run-bound.js";
import { seededRandom } from "../../../src/random/random.js";

describe("the bound of one run", () => {
  it("is the published one", () => {
    // Steinke, Nasr, Jagielski 2023; recomputed with jax_privacy's auditing
    expect(oneRunEpsilon({ canaries: 1000, guesses: 100, correct: 90 }, 1e-5)).toBeCloseTo(1.626143, 4);
  });

  it("is nothing for guesses that a coin would make", () => {
    expect(oneRunEpsilon({ canaries: 1000, guesses: 100, correct: 50 }, 1e-5)).toBe(0);
  });

  it("grows with what was guessed rightly, falls with delta and with confidence", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 300 }),
        fc.double({ min: 0.5, max: 0.98, noNaN: true }),
        (guesses, share) => {
          const correct = Math.floor(guesses * share);
          const at = { canaries: 1000, guesses, correct };
          const bound = oneRunEpsilon(at, 1e-5);
          expect(oneRunEpsilon({ ...at, correct: correct + 1 }, 1e-5)).toBeGreaterThanOrEqual(bound);
          expect(oneRunEpsilon(at, 1e-4)).toBeLessThanOrEqual(bound);
          expect(oneRunEpsilon(at, 1e-5, 0.01)).toBeLessThanOrEqual(bound);
        },
      ),
    );
  });
});

describe("the estimate from canaries", () => {
  const random = seededRandom(4);
  const scores = (count: number, mean: number) => Array.from({ length: count }, () => mean + random.normal());

  it.each([0.5, 1, 3])(
    "of scores %d deviations apart is that Gaussian's epsilon, with the truth above its bound",
    (apart) => {
      const { epsilon, epsilonLowerBound } = canaryEstimate(scores(20_000, apart), scores(20_000, 0), 1e-5);
      const truth = gaussianEpsilon(1 / apart, 1, 1e-5);
      expect(Math.abs(epsilon / truth - 1)).toBeLessThan(0.1);
      expect(epsilonLowerBound).toBeLessThan(truth);
      expect(epsilonLowerBound).toBeGreaterThan(0.8 * truth);
    },
  );

  it("of equal scores is nothing that its bound would stand for", () => {
    expect(canaryEstimate(scores(1000, 0), scores(1000, 0), 1e-5).epsilonLowerBound).toBe(0);
  });
});
