import { describe, expect, it } from "vitest";
import { addSealed, emptySum, openSum } from "../../src/privacy/open-sum.js";
import { planSealing, type SealingPlan } from "../../src/privacy/plan-sealing.js";
import { seal } from "../../src/privacy/seal.js";
import { seededRandom } from "../../src/random/random.js";
import { varianceP } from "./support/goodness-of-fit.js";
import { privateTask } from "./support/private-task.js";
import { seededBytes } from "./support/seeded-bytes.js";

function plan(dimension: number, task = privateTask()): SealingPlan {
  const planned = planSealing(task, dimension);
  if (!planned.ok) throw new Error(planned.message);
  return planned.plan;
}

function updates(count: number, dimension: number, length: number): Float32Array[] {
  const random = seededRandom(11);
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimension }, () => random.normal());
    const factor = length / Math.hypot(...vector);
    return vector.map((value) => value * factor);
  });
}

function openedMean(plan: SealingPlan, vectors: readonly Float32Array[]): Float32Array {
  const sum = emptySum(plan);
  const bytes = seededBytes(5);
  for (const vector of vectors) {
    const result = seal(plan, vector, bytes);
    if (!result.ok) throw new Error(result.reason);
    addSealed(plan, sum, result.sealed);
  }
  return openSum(plan, sum, vectors.length);
}

const meanOf = (vectors: readonly Float32Array[]) =>
  Float64Array.from(
    vectors[0] ?? [],
    (_, i) => vectors.reduce((sum, v) => sum + (v[i] ?? 0), 0) / vectors.length,
  );

describe("a sum of sealed updates", () => {
  const dimension = 400;
  const clients = 100;

  it.each([
    ["shorter than the clip", 0.5, 1],
    ["three times as long as the clip", 3, 1 / 3],
  ])("opens to the mean of the clipped updates, with the planned noise: %s", (_, length, factor) => {
    const sealing = plan(dimension);
    const vectors = updates(clients, dimension, length);
    const mean = meanOf(vectors);
    const opened = openedMean(sealing, vectors);
    let squares = 0;
    opened.forEach((value, i) => {
      squares += (value - (mean[i] ?? 0) * factor) ** 2;
    });
    const noise = sealing.shareDeviation / sealing.scale / Math.sqrt(clients);
    expect(noise).toBeCloseTo(2.5 / Math.sqrt(80 * 100), 10);
    expect(varianceP(squares, dimension, noise ** 2)).toBeGreaterThan(1e-4);
    expect(varianceP(squares, dimension, (1.3 * noise) ** 2)).toBeLessThan(1e-4);
  });

  it("opens at the modulus' boundary: every client pushes the same coordinate as far as it may", () => {
    const sealing = plan(1, privateTask({ privacy: { bits: 20 } }));
    const opened = openedMean(
      sealing,
      Array.from({ length: clients }, () => Float32Array.of(1)),
    );
    const noise = sealing.shareDeviation / sealing.scale / Math.sqrt(clients);
    expect(Math.abs((opened[0] ?? 0) - 1)).toBeLessThan(5 * noise);
  });

  it.each([1, 2, 3, 1000])("opens at dimension %d", (d) => {
    const vectors = updates(3, d, 1);
    const mean = meanOf(vectors);
    const task = privateTask({ privacy: { noiseMultiplier: 0.01 }, cohort: { size: 3, minimum: 3 } });
    openedMean(plan(d, task), vectors).forEach((value, i) => {
      expect(Math.abs(value - (mean[i] ?? 0))).toBeLessThan(0.05);
    });
  });
});

describe("sealing", () => {
  it("refuses another dimension", () => {
    expect(seal(plan(3), new Float32Array(4), seededBytes(1))).toEqual({
      ok: false,
      reason: "wrong-dimension",
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuses %d", (value) => {
    const refused = { ok: false, reason: "non-finite" };
    expect(seal(plan(3), Float32Array.of(0, value, 0), seededBytes(1))).toEqual(refused);
  });

  it("says the norm before clipping, and whether it was clipped", () => {
    expect(seal(plan(2), Float32Array.of(3, 4), seededBytes(1))).toMatchObject({ norm: 5, clipped: true });
    expect(seal(plan(2), Float32Array.of(0, 0.5), seededBytes(1))).toMatchObject({
      norm: 0.5,
      clipped: false,
    });
  });
});
