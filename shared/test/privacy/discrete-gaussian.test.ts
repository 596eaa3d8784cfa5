import { describe, expect, it } from "vitest";
import { discreteGaussian } from "../../src/privacy/discrete-gaussian.js";
import { discreteGaussianProbability, varianceOf } from "./support/exact-distributions.js";
import { chiSquareP, varianceP } from "./support/goodness-of-fit.js";
import { seededBytes } from "./support/seeded-bytes.js";

const draws = (sigma: number, count: number) =>
  Array.from({ length: count }, discreteGaussian(sigma, seededBytes(sigma)));

// A sampler that mixes up σ and σ² passes at σ = 1 and nowhere else.
describe.each([1, 3, 10, 31, 100, 1000])("the exact discrete Gaussian at sigma %d", (sigma) => {
  const sample = draws(sigma, 200_000);
  const probability = discreteGaussianProbability(sigma);

  it("has the exact probabilities", () => {
    expect(chiSquareP(sample, probability)).toBeGreaterThan(1e-4);
  });

  it("would be told apart from one of a deviation 3% greater", () => {
    expect(chiSquareP(sample, discreteGaussianProbability(sigma * 1.03))).toBeLessThan(1e-4);
  });

  it("has its variance", () => {
    const squares = sample.reduce((sum, x) => sum + x * x, 0);
    const variance = varianceOf(probability, 40 * sigma + 10);
    expect(varianceP(squares, sample.length, variance)).toBeGreaterThan(1e-4);
  });

  it("is an integer, and as often negative as positive", () => {
    expect(sample.every(Number.isInteger)).toBe(true);
    const positive = sample.filter((x) => x > 0).length;
    const negative = sample.filter((x) => x < 0).length;
    expect(Math.abs(positive - negative)).toBeLessThan(4 * Math.sqrt(positive + negative));
  });
});
