import { describe, expect, it } from "vitest";
import { discreteGaussianWeights, gaussianWeights } from "../../src/privacy/integer-weights.js";
import { summedShares } from "../../src/privacy/summed-shares.js";
import { sumsDivergence } from "../../src/privacy/sums-divergence.js";
import { seededBytes } from "./support/seeded-bytes.js";

/** Probabilities of −reach … reach, from the middle on. */
function probabilities(weights: readonly bigint[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + 2n * weight, -(weights[0] ?? 0n));
  return weights.map((weight) => Number((weight * 2n ** 60n) / whole) / 2 ** 60);
}

const at = (half: readonly number[], x: number) => half[Math.abs(x)] ?? 0;

function convolved(half: readonly number[], count: number): number[] {
  let sum = half;
  for (let i = 1; i < count; i++) {
    const reach = sum.length + half.length - 2;
    sum = Array.from({ length: reach + 1 }, (_, x) => {
      let p = 0;
      for (let y = 1 - half.length; y < half.length; y++) p += at(half, y) * at(sum, x - y);
      return p;
    });
  }
  return [...sum];
}

describe("the sum of discrete Gaussian shares as one draw", () => {
  it.each([
    [0.5, 2],
    [0.5, 4],
    [0.6, 3],
    [0.75, 5],
    [1, 3],
  ])("has their probabilities to within its factor, of deviation %f and %i shares", (deviation, count) => {
    const sum = convolved(probabilities(discreteGaussianWeights(deviation).weights), count);
    const square = { numerator: BigInt(16 * deviation ** 2 * count * 625), denominator: 10_000n };
    const single = probabilities(gaussianWeights(square).weights);
    const factor = Math.exp(sumsDivergence(deviation, count));
    let variation = 0;
    for (let x = 0; x < single.length; x++) {
      variation += (x === 0 ? 0.5 : 1) * Math.abs(at(sum, x) - at(single, x));
      if (at(single, x) < 1e-12) continue;
      expect(at(sum, x) / at(single, x)).toBeLessThan(factor * (1 + 1e-6));
      expect(at(sum, x) / at(single, x)).toBeGreaterThan((1 - 1e-6) / factor);
    }
    expect(variation).toBeLessThan(Math.expm1(sumsDivergence(deviation, count)) / 2 + 1e-12);
  });

  it("is told its distance: nothing for the deviations that tasks have, much for one that is too small", () => {
    expect(summedShares(3, 1000)?.totalVariation).toBeLessThan(1e-34);
    expect(summedShares(1, 1000)?.totalVariation).toBeGreaterThan(1e-4);
  });

  it("has the variance of all shares, exactly where it is no square", () => {
    const draws = new Int32Array(200_000);
    summedShares(5, 7)?.fill(draws, seededBytes(3));
    const variance = draws.reduce((sum, x) => sum + x * x, 0) / draws.length;
    expect(Math.abs(variance / 175 - 1)).toBeLessThan(6 * Math.sqrt(2 / draws.length));
  });

  it("is not there where no sampler is as wide", () => {
    expect(summedShares(2 ** 20, 257)).toBeUndefined();
  });
});
