import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMechanism, rotationSeed } from "../../src/privacy/mechanism.js";
import { planSealing, type SealingPlan } from "../../src/privacy/plan-sealing.js";
import { addSealed, emptySum } from "../../src/privacy/sealed-sum.js";
import type { ByteSource } from "../../src/random/byte-source.js";
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
  const mechanism = createMechanism(plan, "public");
  for (const vector of vectors) {
    const result = mechanism.seal(vector, bytes);
    if (!result.ok) throw new Error(result.reason);
    addSealed(plan, sum, result.sealed);
  }
  return mechanism.open(sum, vectors.length);
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
  const seal = (sealing: SealingPlan, update: Float32Array, bytes: ByteSource) =>
    createMechanism(sealing, "public").seal(update, bytes);

  it("keeps the integer norm's bound before the noise, whatever the vector", () => {
    const spike = fc.record({ at: fc.nat(), size: fc.constantFrom(1e-45, 1e-30, 1, 1e30, 3e38) });
    const vectors = fc.tuple(fc.integer({ min: 1, max: 300 }), spike, fc.boolean());
    const task = privateTask({ cohort: { size: 3, minimum: 3 } });
    fc.assert(
      fc.property(vectors, ([dimension, { at, size }, alternating]) => {
        const sealing = plan(dimension, task);
        const update = Float32Array.from({ length: dimension }, (_, i) => {
          if (alternating) return i % 2 === 0 ? size : -size;
          return i === at % dimension ? size : 0;
        });
        // Noise this small is zero but for a probability of 1e-21: the sealed integers are the rounded ones.
        const result = seal({ ...sealing, shareDeviation: 0.1 }, update, seededBytes(at));
        if (!result.ok) throw new Error(result.reason);
        const half = 2 ** (sealing.bits - 1);
        let square = 0n;
        for (const residue of result.sealed) {
          square += BigInt(residue >= half ? residue - 2 * half : residue) ** 2n;
        }
        expect(square <= BigInt(Math.floor(sealing.integerNorm ** 2))).toBe(true);
      }),
    );
  });

  it("rotates by a new seed for every version where all updates come from one, by the task's where they mix", () => {
    expect(rotationSeed("task", 3, 0)).not.toBe(rotationSeed("task", 4, 0));
    expect(rotationSeed("task", 3, 2)).toBe(rotationSeed("task", 4, 2));
  });

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
