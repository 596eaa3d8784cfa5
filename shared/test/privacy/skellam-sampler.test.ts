import { describe, expect, it } from "vitest";
import { skellamSampler } from "../../src/privacy/skellam-sampler.js";
import { discreteGaussianProbability, skellamProbability } from "./support/exact-distributions.js";
import { chiSquareP, varianceP } from "./support/goodness-of-fit.js";
import { kolmogorovSmirnovP } from "./support/kolmogorov-smirnov.js";
import { seededBytes } from "./support/seeded-bytes.js";

const DRAWS = 300_000;

function skellamDraws(variance: number): Int32Array {
  const draws = new Int32Array(DRAWS);
  skellamSampler(variance).fill(draws, seededBytes(3));
  return draws;
}

describe.each([0.25, 0.5, 1, 4, 100, 900.3, 10_000, 250_000])("the Skellam of variance %d", (variance) => {
  const draws = skellamDraws(variance);

  it("has its exact probabilities", () => {
    const probability = skellamProbability(variance);
    expect(chiSquareP(draws, probability)).toBeGreaterThan(1e-4);
    expect(kolmogorovSmirnovP(draws, probability)).toBeGreaterThan(1e-4);
  });

  it("would be told apart from one of a variance 6% greater", () => {
    expect(chiSquareP(draws, skellamProbability(1.06 * variance))).toBeLessThan(1e-4);
  });
});

describe("a Skellam of variance 10^8", () => {
  const draws = skellamDraws(1e8);

  it("is the sum of several, and so near to a discrete Gaussian that no sample of this size tells them apart", () => {
    const probability = discreteGaussianProbability(1e4);
    expect(chiSquareP(draws, probability)).toBeGreaterThan(1e-4);
    expect(kolmogorovSmirnovP(draws, probability)).toBeGreaterThan(1e-4);
    const squares = draws.reduce((sum, x) => sum + x * x, 0);
    expect(varianceP(squares, DRAWS, 1e8)).toBeGreaterThan(1e-4);
  });
});

it.each([0, -1, 2 ** 29, Number.NaN])("refuses a variance of %d", (variance) => {
  expect(() => skellamSampler(variance)).toThrow(RangeError);
});
