import { describe, expect, it } from "vitest";
import { fixedExp, PRECISION } from "../../src/privacy/fixed-point.js";
import { gaussianSampler } from "../../src/privacy/gaussian-sampler.js";
import { gaussianVariation, splitGaussian } from "../../src/privacy/gaussian-variation.js";
import { gaussianWeights } from "../../src/privacy/integer-weights.js";
import { rationalOf, squareOf } from "../../src/privacy/rational.js";
import { discreteGaussianProbability, varianceOf } from "./support/exact-distributions.js";
import { chiSquareP, residuesP, varianceP } from "./support/goodness-of-fit.js";
import { kolmogorovSmirnovP } from "./support/kolmogorov-smirnov.js";
import { seededBytes } from "./support/seeded-bytes.js";

const DRAWS = 300_000;

// One table up to 1024, sums of two above.
describe.each([0.5, 0.8, 1, 2.5, 3, 10, 47.3, 1000, 1024.5, 10_000, 100_000])(
  "the discrete Gaussian in bulk at sigma %d",
  (sigma) => {
    const sampler = gaussianSampler(sigma);
    const draws = new Int32Array(DRAWS);
    sampler.fill(draws, seededBytes(Math.round(10 * sigma)));
    const probability = discreteGaussianProbability(sigma);

    it("draws with the exact probabilities", () => {
      expect(chiSquareP(draws, probability)).toBeGreaterThan(1e-4);
      expect(kolmogorovSmirnovP(draws, probability)).toBeGreaterThan(1e-4);
    });

    it("draws with the exact variance", () => {
      const squares = draws.reduce((sum, x) => sum + x * x, 0);
      const reach = Math.ceil(12 * sigma) + 10;
      expect(varianceP(squares, DRAWS, varianceOf(probability, reach))).toBeGreaterThan(1e-4);
    });

    it("would be told apart from one of a deviation 3% greater", () => {
      expect(chiSquareP(draws, discreteGaussianProbability(sigma * 1.03))).toBeLessThan(1e-4);
    });

    it("counts a total variation that even the longest task cannot add up to a delta", () => {
      expect(sampler.totalVariation).toBeGreaterThan(0);
      expect(sampler.totalVariation * 1e7 * 1e6 * Math.exp(20)).toBeLessThan(1e-10);
    });

    it("knows that total variation without its tables", () => {
      expect(gaussianVariation(sigma)).toBeCloseTo(sampler.totalVariation, 45);
    });
  },
);

describe.each([1025, 5000.75, 1_048_576])("a discrete Gaussian of sigma %d as the sum of two", (sigma) => {
  const split = splitGaussian(squareOf(rationalOf(sigma)));
  if (!split) throw new Error("one table does");
  const { low, high, factor } = split;

  it("keeps the variance, exactly", () => {
    const numerator = low.numerator * high.denominator + BigInt(factor) ** 2n * high.numerator;
    expect(Number(numerator) / Number(high.denominator)).toBeCloseTo(sigma ** 2, 3);
  });

  it("has the exact probabilities to within 2^-130, far into its tails", () => {
    const [lows, highs] = [gaussianWeights(low).weights, gaussianWeights(high).weights];
    const last = highs.length - 1;
    const convolved = (x: number) => {
      let sum = 0n;
      for (let y = -last; y <= last; y++) {
        sum += (lows[Math.abs(x - factor * y)] ?? 0n) * (highs[Math.abs(y)] ?? 0n);
      }
      return sum;
    };
    const variance = squareOf(rationalOf(sigma));
    const weightAt = (x: number) =>
      fixedExp({ numerator: BigInt(x) ** 2n * variance.denominator, denominator: 2n * variance.numerator });
    const atZero = convolved(0);
    for (const share of [1e-3, 0.1, 0.5, 1, 2.7, 5]) {
      for (const offset of [0, 1, Math.floor(factor / 2), factor - 1]) {
        const x = Math.round(share * sigma) + offset;
        const error = convolved(x) - ((atZero * weightAt(x)) >> PRECISION);
        expect((error < 0n ? -error : error) < atZero >> 130n).toBe(true);
      }
    }
  });

  it("leaves no trace of the grid that it is made on", () => {
    const draws = new Int32Array(DRAWS);
    gaussianSampler(sigma).fill(draws, seededBytes(4));
    for (const modulus of [2, 3, 5, 7, 16, 64, factor, factor + 1]) {
      expect(residuesP(draws, modulus)).toBeGreaterThan(1e-4);
    }
    const squares = draws.reduce((sum, x) => sum + x * x, 0);
    expect(varianceP(squares, DRAWS, sigma ** 2)).toBeGreaterThan(1e-4);
  });
});

it("has the total variation that docs/privacy.md states", () => {
  expect(gaussianVariation(20)).toBeGreaterThan(1.55e-36);
  expect(gaussianVariation(20)).toBeLessThan(1.65e-36);
});

it.each([0, -1, 0.05, 2 ** 25, Number.NaN, Number.POSITIVE_INFINITY])("refuses a sigma of %d", (sigma) => {
  expect(() => gaussianSampler(sigma)).toThrow(RangeError);
});
