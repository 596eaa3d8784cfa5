import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { norm } from "../../src/privacy/clip.js";
import { writeJointVector } from "../../src/privacy/joint-vector.js";
import { createMechanism } from "../../src/privacy/mechanism.js";
import { planSealing, type SealingPlan } from "../../src/privacy/plan-sealing.js";
import { addSealed, emptySum } from "../../src/privacy/sealed-sum.js";
import { splitMean } from "../../src/privacy/split-mean.js";
import { releasesStatement } from "../../src/privacy/statements.js";
import { privateTask } from "./support/private-task.js";
import { seededBytes } from "./support/seeded-bytes.js";

const [PARAMETERS, BUCKETS] = [40, 12];
const CLIENTS = 30;

function planOf(share: number, noiseMultiplier = 0.5): SealingPlan {
  const task = privateTask({
    privacy: { noiseMultiplier, metrics: [{ name: "hit-rate", minimum: 0, maximum: 1 }] },
    cohort: { size: CLIENTS, minimum: CLIENTS },
  });
  const planned = planSealing({ ...task, model: { prior: { buckets: BUCKETS, share } } }, PARAMETERS);
  if (!planned.ok) throw new Error(planned.message);
  return planned.plan;
}

describe("a histogram in the place of what is not trained", () => {
  it("is never longer than its share, nor is the joint vector ever longer than the clip", () => {
    const numbers = (length: number) =>
      fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.7, noNaN: true }),
        numbers(PARAMETERS),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (share, values, rate) => {
          const plan = planOf(share);
          const update = Float32Array.from(values);
          const first = PARAMETERS - BUCKETS;
          const joint = new Float32Array(plan.dimension);
          writeJointVector(plan, update, norm(update.subarray(0, first)) ?? 0, { "hit-rate": rate }, joint);
          const bound = plan.clip * plan.scale;
          const length = (from: number, to: number) => norm(joint.subarray(from, to)) ?? Number.NaN;
          expect(length(first, PARAMETERS)).toBeLessThanOrEqual(share * bound * (1 + 1e-5));
          expect(length(0, plan.dimension)).toBeLessThanOrEqual(bound * (1 + 1e-5));
        },
      ),
    );
  });

  it("takes of the length below which an update is within the clip: what is cut is never said to be within", () => {
    const plan = { ...planOf(0.6), metrics: { withinClip: true, named: [] }, dimension: PARAMETERS + 1 };
    for (const length of [0.5, 0.79, 0.8, 0.9, 1]) {
      const update = new Float32Array(PARAMETERS);
      update[0] = length * plan.clip;
      const joint = new Float32Array(plan.dimension);
      writeJointVector(plan, update, length * plan.clip, {}, joint);
      const whole = (joint[0] ?? 0) >= length * plan.clip * plan.scale * (1 - 1e-6);
      expect(Math.sign(joint.at(-1) ?? 0)).toBe(whole ? 1 : -1);
    }
  });

  it("is opened as the mean of what clients had, with the error that noise makes", () => {
    const plan = planOf(0.4);
    const mechanism = createMechanism(plan, "public");
    const bytes = seededBytes(7);
    const sum = emptySum(plan);
    for (let client = 0; client < CLIENTS; client++) {
      const update = new Float32Array(PARAMETERS);
      // Two thirds have engaged with bucket 3, all with bucket 5.
      const engaged = client % 3 === 0 ? [5] : [3, 5];
      for (const bucket of engaged) update[PARAMETERS - BUCKETS + bucket] = 1 / Math.sqrt(engaged.length);
      const result = mechanism.seal(update, bytes);
      if (!result.ok) throw new Error(result.reason);
      addSealed(plan, sum, result.sealed);
    }
    const { histogram, update } = splitMean(plan, mechanism.open(sum, CLIENTS), { contributors: CLIENTS });
    if (!histogram) throw new Error("there is none");
    const expected = new Array(BUCKETS).fill(0);
    expected[3] = 2 / 3 / Math.SQRT2;
    expected[5] = 1 / 3 + 2 / 3 / Math.SQRT2;
    for (const [bucket, mean] of histogram.mean.entries()) {
      expect(Math.abs(mean - expected[bucket])).toBeLessThan(5 * Math.sqrt(histogram.addedVariance));
    }
    expect(update).toHaveLength(PARAMETERS);
  });

  it("costs no privacy: the statement is that of the same task without it", () => {
    const task = privateTask();
    const withPrior = { ...task, model: { ...task.model, prior: { buckets: BUCKETS, share: 0.3 } } };
    const epsilon = (spec: typeof task) => releasesStatement(spec, PARAMETERS, 3).epsilon;
    expect(epsilon(withPrior)).toBe(epsilon(task));
  });
});
