import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundStochastically } from "../../src/privacy/round-stochastically.js";
import { roundedNorm } from "../../src/privacy/rounded-norm.js";
import { platformBytes } from "../../src/random/byte-source.js";
import { seededBytes } from "./support/seeded-bytes.js";

describe("the rounded norm", () => {
  it("has its published value", () => {
    // google-research/federated distributed_dp/accounting_utils.py, beta = exp(-1/2)
    expect(roundedNorm(100, 1024)).toBeCloseTo(101.843016, 5);
  });

  it("never passes the length of a vector moved by one in every coordinate", () => {
    expect(roundedNorm(1, 4)).toBeLessThanOrEqual(3);
  });
});

describe("stochastic rounding", () => {
  const adversarial = fc.oneof(
    fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 64 }),
    fc.integer({ min: 1, max: 64 }).map((n) => Array.from({ length: n }, (_, i) => (i % 2 ? 0.5 : -0.5))),
    fc.integer({ min: 1, max: 64 }).map((n) => Array.from({ length: n }, (_, i) => (i === 0 ? 40 : 1e-310))),
  );

  it("keeps the norm bound, exactly, whatever the vector", () => {
    fc.assert(
      fc.property(adversarial, (values) => {
        const vector = Float32Array.from(values);
        const bound = roundedNorm(Math.hypot(...vector), vector.length);
        const rounded = new Int32Array(vector.length);
        expect(roundStochastically(vector, bound, platformBytes, rounded)).toBe(true);
        const square = rounded.reduce((sum, value) => sum + BigInt(value) ** 2n, 0n);
        expect(square <= BigInt(Math.floor(bound * bound))).toBe(true);
        rounded.forEach((value, i) => {
          expect(Math.abs(value - (vector[i] ?? 0))).toBeLessThan(1);
        });
      }),
    );
  });

  it("keeps the mean of every coordinate", () => {
    const vector = Float32Array.of(0.1, -0.25, 3.5, -7.9, 12);
    const tries = 40_000;
    const sums = new Float64Array(vector.length);
    const bytes = seededBytes(3);
    const rounded = new Int32Array(vector.length);
    for (let i = 0; i < tries; i++) {
      roundStochastically(vector, 1000, bytes, rounded);
      rounded.forEach((value, at) => {
        sums[at] = (sums[at] ?? 0) + value;
      });
    }
    sums.forEach((sum, at) => {
      expect(Math.abs(sum / tries - (vector[at] ?? 0))).toBeLessThan(4 * Math.sqrt(0.25 / tries));
    });
  });

  it("fails closed when no rounding is short enough", () => {
    const into = new Int32Array(2);
    expect(roundStochastically(Float32Array.of(3, 4), 4.9, platformBytes, into)).toBe(false);
  });
});
