import { describe, expect, it } from "vitest";
import { discreteLaplace } from "../../src/privacy/discrete-laplace.js";
import {
  discreteGaussianWeights,
  discreteLaplaceWeights,
  skellamWeights,
} from "../../src/privacy/integer-weights.js";
import { tableSampler } from "../../src/privacy/table-sampler.js";
import type { ByteSource } from "../../src/random/byte-source.js";
import {
  discreteGaussianProbability,
  discreteLaplaceProbability,
  skellamProbability,
  varianceOf,
} from "./support/exact-distributions.js";
import { chiSquareP, varianceP } from "./support/goodness-of-fit.js";
import { kolmogorovSmirnovP } from "./support/kolmogorov-smirnov.js";
import { seededBytes } from "./support/seeded-bytes.js";

const DRAWS = 300_000;

describe.each([0.5, 0.8, 1, 2.5, 3, 10, 47.3, 1000, 10_000])(
  "the table of a discrete Gaussian at sigma %d",
  (sigma) => {
    const sampler = tableSampler(discreteGaussianWeights(sigma));
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
  },
);

describe.each([0.7, 1, 5, 80, 1000])("a discrete Laplace of scale %d", (scale) => {
  const probability = discreteLaplaceProbability(scale);

  it("has its exact probabilities from the table", () => {
    const draws = new Int32Array(DRAWS);
    tableSampler(discreteLaplaceWeights(scale)).fill(draws, seededBytes(1));
    expect(chiSquareP(draws, probability)).toBeGreaterThan(1e-4);
  });

  it("has them from the exact sampler", () => {
    const draws = Array.from({ length: 60_000 }, discreteLaplace(scale, seededBytes(2)));
    expect(chiSquareP(draws, probability)).toBeGreaterThan(1e-4);
  });
});

describe.each([0.5, 1, 4, 100, 900])("the table of a Skellam of variance %d", (variance) => {
  it("has its exact probabilities", () => {
    const draws = new Int32Array(DRAWS);
    tableSampler(skellamWeights(variance)).fill(draws, seededBytes(3));
    expect(chiSquareP(draws, skellamProbability(variance))).toBeGreaterThan(1e-4);
    const squares = draws.reduce((sum, x) => sum + x * x, 0);
    expect(Math.abs(squares / DRAWS / variance - 1)).toBeLessThan(0.02);
  });
});

describe("a tie in the first 32 bits", () => {
  const sampler = tableSampler(discreteGaussianWeights(2));
  const drawWith = (...words: number[]): number => {
    const queue = Uint8Array.from(new Uint8Array(Uint32Array.from(words).buffer));
    let used = 0;
    const source: ByteSource = {
      fill(bytes) {
        bytes.set(queue.subarray(used, used + bytes.length));
        used += bytes.length;
      },
    };
    const draws = new Int32Array(1);
    sampler.fill(draws, source);
    return draws[0] ?? 0;
  };

  it("is broken by further bits, far into both tails", () => {
    // P[x ≤ −13] = 1.1e-10 < 2^−32: the whole tail below −12 ties on a first word of 0.
    // The first x with P[≤ x] ≥ 2^−128; what is less likely than that is counted as total variation.
    expect(drawWith(0, 0, 0, 0)).toBe(-26);
    expect(drawWith(0, 2 ** 32 - 1, 0, 0)).toBeGreaterThan(-15);
    expect(drawWith(2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1)).toBeGreaterThan(25);
    expect(drawWith(2 ** 32 - 1, 0, 0, 0)).toBeLessThan(15);
  });
});
