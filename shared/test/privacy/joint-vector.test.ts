import { describe, expect, it } from "vitest";
import vectors from "../../../test/vectors/joint-vectors.json" with { type: "json" };
import { engagedHistogram } from "../../src/learning/prior/engaged-histogram.js";
import { itemBuckets } from "../../src/learning/prior/item-buckets.js";
import { norm } from "../../src/privacy/clip.js";
import { writeJointVector } from "../../src/privacy/joint-vector.js";
import { planSealing } from "../../src/privacy/plan-sealing.js";
import { privateTask } from "./support/private-task.js";

const NAMES = ["reward", "loss", "cumulative-reward"] as const;

describe("a joint vector", () => {
  it.each(vectors.cases)("is that of the protocol: $name", (one) => {
    const named = one.metrics.map(({ minimum, maximum }, i) => ({
      name: NAMES[i] ?? "reward",
      minimum,
      maximum,
    }));
    const { clip, share } = one;
    const adaptiveClip = { quantile: 0.5, learningRate: 0.2 };
    const task = privateTask({
      privacy: { clip, metrics: named, ...(one.adaptiveClip && { adaptiveClip }) },
    });
    const prior = share === null ? undefined : { buckets: vectors.buckets, share };
    const length = one.trained.length + (prior?.buckets ?? 0);
    const planned = planSealing({ ...task, model: { prior } }, length);
    if (!planned.ok) throw new Error(planned.message);
    const { plan } = planned;

    const update = new Float32Array(length);
    update.set(one.trained);
    if (prior) {
      const taken = one.good.map((_, action) => ({ action, reward: 1 }));
      const buckets = itemBuckets({ ids: one.good }, prior.buckets);
      engagedHistogram(taken, buckets, update.subarray(one.trained.length));
    }
    const marked = [...update.subarray(one.trained.length)].flatMap((cell, b) => (cell > 0 ? [b] : []));
    expect(marked).toEqual(one.marked);
    const measured = Object.fromEntries(
      one.metrics.flatMap(({ value }, i) => (value === null ? [] : [[NAMES[i], value]])),
    );
    const joint = new Float32Array(plan.dimension);
    writeJointVector(plan, update, norm(Float32Array.from(one.trained)) ?? 0, measured, joint);
    expect(joint).toHaveLength(one.joint.length);
    for (const [i, cell] of joint.entries()) {
      expect(cell / plan.scale).toBeCloseTo(one.joint[i] ?? Number.NaN, 6);
    }
  });
});
