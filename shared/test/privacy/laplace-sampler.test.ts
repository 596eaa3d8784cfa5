import { describe, expect, it } from "vitest";
import { discreteLaplace } from "../../src/privacy/discrete-laplace.js";
import { digitDifferenceWeights, discreteLaplaceWeights } from "../../src/privacy/integer-weights.js";
import { laplaceSampler } from "../../src/privacy/laplace-sampler.js";
import { discreteLaplaceProbability } from "./support/exact-distributions.js";
import { chiSquareP, residuesP } from "./support/goodness-of-fit.js";
import { kolmogorovSmirnovP } from "./support/kolmogorov-smirnov.js";
import { seededBytes } from "./support/seeded-bytes.js";

const DRAWS = 300_000;

// One table up to 128, two above.
describe.each([0.5, 0.7, 1, 5, 80, 128.5, 1000, 10_000])("a discrete Laplace of scale %d", (scale) => {
  const probability = discreteLaplaceProbability(scale);
  const draws = new Int32Array(DRAWS);
  laplaceSampler(scale).fill(draws, seededBytes(1));

  it("has its exact probabilities in bulk", () => {
    expect(chiSquareP(draws, probability)).toBeGreaterThan(1e-4);
    expect(kolmogorovSmirnovP(draws, probability)).toBeGreaterThan(1e-4);
  });

  it("would be told apart from one of a scale 3% greater", () => {
    expect(chiSquareP(draws, discreteLaplaceProbability(scale * 1.03))).toBeLessThan(1e-4);
  });
});

it.each([0.7, 5, 1000])("the exact sampler of scale %d has the exact probabilities", (scale) => {
  const draws = Array.from({ length: 60_000 }, discreteLaplace(scale, seededBytes(2)));
  expect(chiSquareP(draws, discreteLaplaceProbability(scale))).toBeGreaterThan(1e-4);
});

describe("a discrete Laplace made of two digits", () => {
  it("has the exact probabilities to within 2^-140", () => {
    const [scale, base] = [150n, 100];
    const one = { numerator: scale, denominator: 1n };
    const lows = digitDifferenceWeights(one, base).weights;
    const highs = discreteLaplaceWeights({ numerator: scale, denominator: BigInt(base) }).weights;
    const exact = discreteLaplaceWeights(one).weights;
    const convolved = (x: number) => {
      let sum = 0n;
      for (let y = 1 - highs.length; y < highs.length; y++) {
        sum += (lows[Math.abs(x - base * y)] ?? 0n) * (highs[Math.abs(y)] ?? 0n);
      }
      return sum;
    };
    const [atZero, one0] = [convolved(0), exact[0] ?? 1n];
    for (const x of [1, 2, 50, 99, 100, 101, 777, 5000]) {
      const error = convolved(x) * one0 - (exact[x] ?? 0n) * atZero;
      expect((error < 0n ? -error : error) < (atZero * one0) >> 140n).toBe(true);
    }
  });

  it("leaves no trace of its base", () => {
    const draws = new Int32Array(DRAWS);
    laplaceSampler(1e6).fill(draws, seededBytes(5));
    const base = Math.ceil(Math.sqrt(90e6));
    for (const modulus of [2, 3, 7, 16, 64, base]) expect(residuesP(draws, modulus)).toBeGreaterThan(1e-4);
  });
});

it.each([0, -1, 2 ** 25, Number.NaN])("refuses a scale of %d", (scale) => {
  expect(() => laplaceSampler(scale)).toThrow(RangeError);
});
