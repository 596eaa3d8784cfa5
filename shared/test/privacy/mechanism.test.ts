import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMechanism, rotationSeed } from "../../src/privacy/mechanism.js";
import { planSealing, type SealingPlan } from "../../src/privacy/plan-sealing.js";
import { initialNoise, releaseNoise } from "../../src/privacy/release-noise.js";
import { addSealed, emptySum } from "../../src/privacy/sealed-sum.js";
import { openedDeviation } from "../../src/privacy/split-mean.js";
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
  const { noise } = releaseNoise(plan, initialNoise(plan), bytes);
  return mechanism.open(sum, vectors.length, noise);
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

  it.each([
    ["distributed", 2.5 / Math.sqrt(80 * 100)],
    ["local", 2.5 / Math.sqrt(100)],
    ["trusted", 2.5 / 100],
  ] as const)("has the noise of its mode, whoever makes it: %s", (mode, noise) => {
    const sealing = plan(dimension, privateTask({ privacy: { mode } }));
    const vectors = updates(clients, dimension, 1);
    const mean = meanOf(vectors);
    const opened = openedMean(sealing, vectors);
    const squares = opened.reduce((sum, value, i) => sum + (value - (mean[i] ?? 0)) ** 2, 0);
    expect(openedDeviation(sealing, { contributors: clients })).toBeCloseTo(noise, 4);
    expect(varianceP(squares, dimension, noise ** 2)).toBeGreaterThan(1e-4);
    expect(varianceP(squares, dimension, (1.3 * noise) ** 2)).toBeLessThan(1e-4);
  });

  it("is not opened without the noise that was left to the coordinator", () => {
    const sealing = plan(3, privateTask({ privacy: { mode: "trusted" } }));
    expect(() => createMechanism(sealing, "public").open(emptySum(sealing), 100)).toThrow(RangeError);
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

  it("rotates by a new seed for every version where all updates come from one, by the task's where they or their noise mix", () => {
    const buffered = privateTask({ cohort: { maximumStaleness: 2 } });
    const correlated = privateTask({ privacy: { correlation: { bands: 2, minimumSeparation: 1 } } });
    expect(rotationSeed(privateTask(), "task", 3)).not.toBe(rotationSeed(privateTask(), "task", 4));
    expect(rotationSeed(buffered, "task", 3)).toBe(rotationSeed(buffered, "task", 4));
    expect(rotationSeed(correlated, "task", 3)).toBe(rotationSeed(correlated, "task", 4));
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

  it("says the norm before clipping", () => {
    expect(seal(plan(2), Float32Array.of(3, 4), seededBytes(1))).toMatchObject({ norm: 5 });
    expect(seal(plan(2), Float32Array.of(0, 0.5), seededBytes(1))).toMatchObject({ norm: 0.5 });
  });
});

describe("preparing", () => {
  const dimension = 1000;
  const sealing = plan(dimension);
  /** Counts what is drawn. */
  function counted(source: ByteSource) {
    const counter = {
      drawn: 0,
      fill(bytes: Uint8Array<ArrayBuffer>) {
        counter.drawn += bytes.length;
        source.fill(bytes);
      },
    };
    return counter;
  }
  const update = Float32Array.from({ length: dimension }, (_, i) => Math.sin(i) / 100);

  it("draws all noise and coins before there is an update, and sealing then draws nothing", () => {
    const mechanism = createMechanism(sealing, "public");
    const ahead = counted(seededBytes(1));
    mechanism.prepare(ahead);
    expect(ahead.drawn).toBeGreaterThanOrEqual(8 * dimension);
    const later = counted(seededBytes(2));
    const sealed = mechanism.seal(update, later);
    expect(later.drawn).toBe(0);
    expect(sealed).toEqual(createMechanism(sealing, "public").seal(update, seededBytes(1)));
  });

  it("draws only the coins of a further rounding afterwards", () => {
    // No rounding is within a norm of 1: all 64 are tried, the first of them with what was drawn ahead.
    const mechanism = createMechanism({ ...sealing, integerNorm: 1 }, "public");
    mechanism.prepare(seededBytes(1));
    const later = counted(seededBytes(2));
    expect(mechanism.seal(update, later)).toEqual({ ok: false, reason: "norm-check-failed" });
    expect(later.drawn).toBe(63 * 4 * dimension);
  });

  it("is for one update: the next has noise of its own", () => {
    const mechanism = createMechanism(sealing, "public");
    mechanism.prepare(seededBytes(1));
    const first = mechanism.seal(update, seededBytes(2));
    const second = mechanism.seal(update, seededBytes(2));
    if (!first.ok || !second.ok) throw new Error("refused");
    const half = 2 ** (sealing.bits - 1);
    let squares = 0;
    first.sealed.forEach((value, i) => {
      const difference = (value - (second.sealed[i] ?? 0)) & (2 * half - 1);
      squares += (difference >= half ? difference - 2 * half : difference) ** 2;
    });
    // Twice the noise's variance; the two roundings add up to a half.
    expect(squares / dimension / (2 * sealing.shareDeviation ** 2)).toBeGreaterThan(0.8);
    expect(squares / dimension / (2 * sealing.shareDeviation ** 2 + 0.5)).toBeLessThan(1.2);
  });

  it("survives an update that is refused", () => {
    const mechanism = createMechanism(sealing, "public");
    mechanism.prepare(seededBytes(1));
    mechanism.seal(new Float32Array(dimension).fill(Number.NaN), seededBytes(2));
    expect(mechanism.seal(update, seededBytes(2))).toEqual(
      createMechanism(sealing, "public").seal(update, seededBytes(1)),
    );
  });
});
