import { describe, expect, it } from "vitest";
import { squaredToeplitzSensitivity } from "../../src/privacy/accounting/toeplitz.js";
import {
  addedNoiseGain,
  noiseFactor,
  noiseGain,
  squaredFactorSensitivity,
} from "../../src/privacy/noise-factor.js";
import { initialNoise, releaseNoise } from "../../src/privacy/release-noise.js";
import type { ByteSource } from "../../src/random/byte-source.js";
import { discreteGaussianProbability } from "./support/exact-distributions.js";
import { chiSquareP, varianceP } from "./support/goodness-of-fit.js";
import { seededBytes } from "./support/seeded-bytes.js";

const planOf = (
  dimension: number,
  coordinatorDeviation: number,
  bands = 1,
  minimumSeparation = bands - 1,
) => ({
  dimension,
  coordinatorDeviation,
  noiseFactor: noiseFactor(bands > 1 ? { correlation: { bands, minimumSeparation } } : {}),
});

/** The noise of so many releases, one after the other. */
function releases(plan: ReturnType<typeof planOf>, count: number, bytes: ByteSource): Int32Array[] {
  let state = initialNoise(plan);
  return Array.from({ length: count }, () => {
    const released = releaseNoise(plan, state, bytes);
    state = released.state;
    return released.noise ?? new Int32Array(0);
  });
}

const squares = (vector: ArrayLike<number>) => Array.from(vector).reduce((sum, x) => sum + x * x, 0);

describe("the coordinator's noise", () => {
  it.each([3, 7.5, 60])("is discrete Gaussian of deviation %d, fresh for each release", (deviation) => {
    const [first, second] = releases(planOf(20_000, deviation), 2, seededBytes(4));
    expect(chiSquareP(first ?? [], discreteGaussianProbability(deviation))).toBeGreaterThan(1e-4);
    expect(varianceP(squares(first ?? []), 20_000, deviation ** 2)).toBeGreaterThan(1e-4);
    expect(varianceP(squares(first ?? []), 20_000, (1.1 * deviation) ** 2)).toBeLessThan(1e-4);
    const product = (first ?? new Int32Array(0)).reduce((sum, x, i) => sum + x * (second?.[i] ?? 0), 0);
    expect(Math.abs(product) / deviation ** 2).toBeLessThan(5 * Math.sqrt(20_000));
  });

  it("is left to the clients where they make it", () => {
    expect(releaseNoise(planOf(3, 0), new Int32Array(0), seededBytes(1))).toEqual({
      state: new Int32Array(0),
    });
  });
});

describe("noise that is correlated over releases", () => {
  const plan = planOf(2000, 300, 4);

  it("becomes fresh discrete Gaussians again where the factor is applied to it", () => {
    const noises = releases(plan, 12, seededBytes(9));
    const [unit = 1] = plan.noiseFactor;
    for (let t = 0; t < noises.length; t++) {
      const fresh = Array.from({ length: plan.dimension }, (_, i) =>
        plan.noiseFactor.reduce((sum, c, back) => sum + c * (noises[t - back]?.[i] ?? 0), 0),
      );
      expect(varianceP(squares(fresh), plan.dimension, (unit * 300) ** 2)).toBeGreaterThan(1e-4);
    }
  });

  it("has in the long run the variance that is planned with", () => {
    const late = releases(plan, 30, seededBytes(2)).at(-1) ?? [];
    expect(varianceP(squares(late), plan.dimension, 300 ** 2 * noiseGain(plan.noiseFactor))).toBeGreaterThan(
      1e-4,
    );
    expect(noiseGain(plan.noiseFactor)).toBeGreaterThan(1.2);
  });

  it("adds to the sum of all releases what is planned with, which after the first is little", () => {
    const noises = releases(plan, 12, seededBytes(4));
    const added = noises.map((_, before) => addedNoiseGain(plan.noiseFactor, before));
    expect(added[0]).toBe(1);
    expect(Math.max(...added.slice(1))).toBeLessThan(0.5);
    for (const count of [1, 3, 12]) {
      const sum = Array.from({ length: plan.dimension }, (_, i) =>
        noises.slice(0, count).reduce((total, noise) => total + (noise[i] ?? 0), 0),
      );
      const gain = added.slice(0, count).reduce((total, one) => total + one, 0);
      expect(varianceP(squares(sum), plan.dimension, 300 ** 2 * gain)).toBeGreaterThan(1e-4);
    }
    expect(addedNoiseGain([1], 7)).toBe(1);
  });

  it("goes on from its state as if nothing had happened", () => {
    const [together, apart] = [seededBytes(5), seededBytes(5)];
    let state = initialNoise(plan);
    for (const noise of releases(plan, 8, together)) {
      // What a store would hand back: a copy of the state, and nothing else.
      const restarted = releaseNoise(plan, Int32Array.from(state), apart);
      expect(restarted.noise).toEqual(noise);
      state = restarted.state;
    }
  });

  it("is not made without the state of the release before", () => {
    expect(() => releaseNoise(plan, new Int32Array(0), seededBytes(1))).toThrow(/noise of 0 coordinates/);
  });

  it.each([
    [4, 3, 4],
    [16, 15, 4],
    [8, 20, 3],
  ])(
    "costs %d bands, %d rounds apart, what the sensitivity of %d participations says",
    (bands, separation, k) => {
      const factor = noiseFactor({ correlation: { bands, minimumSeparation: separation } });
      const coefficients = Float64Array.from(factor, (c) => c / 256);
      const pattern = { participations: k, separation, steps: 500 };
      expect(k * squaredFactorSensitivity(factor)).toBeCloseTo(
        squaredToeplitzSensitivity(coefficients, pattern),
        10,
      );
    },
  );

  it("leaves less error in the model than independent noise of the same price", () => {
    const [rounds, dimension, bands] = [64, 300, 16];
    const factor = noiseFactor({ correlation: { bands, minimumSeparation: bands - 1 } });
    // The same ρ for every participation: more noise, by the factor's sensitivity.
    const deviation = 100 * Math.sqrt(squaredFactorSensitivity(factor));
    const errorOf = (noises: readonly Int32Array[]) => {
      const model = new Float64Array(dimension);
      let [sum, last] = [0, 0];
      for (const noise of noises) {
        for (let i = 0; i < dimension; i++) model[i] = (model[i] ?? 0) + (noise[i] ?? 0);
        last = squares(model);
        sum += last;
      }
      return { mean: sum / rounds, last };
    };
    const independent = errorOf(releases(planOf(dimension, 100), rounds, seededBytes(6)));
    const correlated = errorOf(releases(planOf(dimension, deviation, bands), rounds, seededBytes(7)));
    expect(independent.mean / dimension / 100 ** 2).toBeGreaterThan(25);
    expect(correlated.mean).toBeLessThan(0.25 * independent.mean);
    expect(correlated.last).toBeLessThan(0.25 * independent.last);
  });
});
