import { describe, expect, it } from "vitest";
import type { ModelledRounds } from "../../src/off-policy/logged-rounds.js";
import { OFF_POLICY_ESTIMATORS, offPolicyEstimate } from "../../src/off-policy/off-policy-estimate.js";

const good: ModelledRounds = {
  rewards: Float64Array.of(1, 0, 1),
  propensities: Float64Array.of(0.5, 0.25, 1),
  probabilities: Float64Array.of(0.5, 0, 1),
  estimates: Float64Array.of(0.5, 0.5, 0.5),
  expectations: Float64Array.of(0.5, 0.5, 0.5),
};

const refused = (changed: Partial<ModelledRounds>) => {
  const estimate = offPolicyEstimate("dr", { ...good, ...changed });
  if (estimate.ok) throw new Error("nothing was refused");
  const { reason, field, row } = estimate;
  return { reason, field, row };
};

describe("what a log is refused for, by field and row", () => {
  it("propensities that are no probabilities of something shown", () => {
    for (const [wrong, reason] of [
      [0, "out-of-range"],
      [-0.1, "out-of-range"],
      [1.01, "out-of-range"],
      [Number.NaN, "not-a-number"],
    ] as const) {
      const propensities = Float64Array.of(0.5, 0.25, wrong);
      expect(refused({ propensities })).toEqual({ reason, field: "propensities", row: 2 });
    }
  });

  it("probabilities outside [0, 1]", () => {
    const probabilities = Float64Array.of(0.5, 1.5, 1);
    expect(refused({ probabilities })).toEqual({ reason: "out-of-range", field: "probabilities", row: 1 });
  });

  it("rewards and estimates that are not numbers", () => {
    for (const field of ["rewards", "estimates", "expectations"] as const) {
      for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(refused({ [field]: Float64Array.of(wrong, 0, 0) })).toEqual({
          reason: "not-a-number",
          field,
          row: 0,
        });
      }
    }
  });

  it("lengths that differ, and no rounds at all", () => {
    for (const field of ["propensities", "probabilities", "estimates", "expectations"] as const) {
      expect(refused({ [field]: Float64Array.of(0.5) })).toEqual({
        reason: "lengths-differ",
        field,
        row: undefined,
      });
    }
    const none = new Float64Array(0);
    expect(refused({ rewards: none, propensities: none, probabilities: none }).reason).toBe("no-rounds");
  });

  it("a policy that shows nothing of what was logged; the direct method does not ask", () => {
    const probabilities = new Float64Array(3);
    for (const estimator of OFF_POLICY_ESTIMATORS) {
      expect(offPolicyEstimate(estimator, { ...good, probabilities }).ok).toBe(estimator === "dm");
    }
  });

  it("a missing model, and a parameter below 0", () => {
    const { rewards, propensities, probabilities } = good;
    const plain = { rewards, propensities, probabilities };
    for (const estimator of OFF_POLICY_ESTIMATORS) {
      expect(offPolicyEstimate(estimator, plain).ok).toBe(estimator === "ips" || estimator === "snips");
    }
    expect(offPolicyEstimate("switch-dr", good, { threshold: -1 })).toMatchObject({ field: "parameter" });
    expect(offPolicyEstimate("dros", good, { shrinkage: Number.NaN })).toMatchObject({ field: "parameter" });
  });
});

describe("an estimate", () => {
  it("tells which parameter it used and whether it was looked for", () => {
    expect(offPolicyEstimate("switch-dr", good, { threshold: 2 })).toMatchObject({
      parameter: { value: 2, tuned: false },
    });
    expect(offPolicyEstimate("dros", good)).toMatchObject({ parameter: { tuned: true } });
    expect(offPolicyEstimate("dr", good)).not.toHaveProperty("parameter");
  });
});
