import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compositionWindow } from "../../../src/privacy/accounting/composition-window.js";
import { convolutionPower } from "../../../src/privacy/accounting/convolution.js";
import { gaussianEpsilon } from "../../../src/privacy/accounting/exact-gaussian.js";
import { pldAccountant } from "../../../src/privacy/accounting/pld-accountant.js";
import {
  coarsenLosses,
  deltaOfLosses,
  epsilonOfLosses,
} from "../../../src/privacy/accounting/privacy-loss-distribution.js";
import { composeRdp, epsilonOfRdp } from "../../../src/privacy/accounting/rdp-accountant.js";

const gaussian = (probability: number, noiseMultiplier: number) =>
  ({ mechanism: "poisson-sampled", probability, event: { mechanism: "gaussian", noiseMultiplier } }) as const;

function subsampledGaussianEpsilon(q: number, z: number, compositions: number, delta: number): number {
  return pldAccountant.epsilon([{ event: gaussian(q, z), compositions }], delta) ?? Number.NaN;
}

describe("a power of a convolution", () => {
  it("of two coins is binomial", () => {
    const coins = new Float64Array(16);
    coins.set([0.5, 0.5]);
    const binomial = convolutionPower(coins, 4);
    for (const [k, ways] of [1, 4, 6, 4, 1, 0].entries()) expect(binomial[k]).toBeCloseTo(ways / 16, 14);
  });
});

describe("the window of a composition", () => {
  it("holds all of two distant atoms", () => {
    const atoms = new Float64Array(20_001);
    atoms[2] = 0.3;
    atoms[19_998] = 0.7;
    const { first, count } = compositionWindow(atoms, 3);
    expect(first).toBeLessThanOrEqual(6);
    expect(first + count - 1).toBeGreaterThanOrEqual(3 * 19_998);
  });

  it("is not much wider than rare great losses need", () => {
    const rare = new Float64Array(10_001);
    rare[0] = 1 - 1e-6;
    rare[10_000] = 1e-6;
    // 18 of a million have a probability of 1e-17.
    expect(compositionWindow(rare, 1e6).count).toBeLessThan(40 * 10_000);
  });
});

describe("the epsilon of losses", () => {
  it("is where their delta is the one that was asked for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 5, maxLength: 40 }),
        fc.integer({ min: -20, max: 20 }),
        fc.double({ min: 1e-6, max: 0.9, noNaN: true }),
        (weights, lowest, delta) => {
          const whole = weights.reduce((sum, weight) => sum + weight, 0);
          const losses = {
            step: 0.1,
            lowest,
            masses: Float64Array.from(weights, (w) => w / whole),
            infinite: 0,
          };
          const epsilon = epsilonOfLosses(losses, delta);
          if (epsilon > 0) expect(deltaOfLosses(losses, epsilon) / delta).toBeCloseTo(1, 8);
          else expect(deltaOfLosses(losses, 0)).toBeLessThanOrEqual(delta);
        },
      ),
    );
  });
});

describe("losses on a coarser grid", () => {
  it("keep their mass, and never promise more", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: -50, max: 50 }),
        fc.double({ min: 0.11, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (weights, lowest, step, epsilon) => {
          const whole = weights.reduce((sum, weight) => sum + weight, 1);
          const fine = {
            step: 0.1,
            lowest,
            masses: Float64Array.from(weights, (w) => w / whole),
            infinite: 0,
          };
          const coarse = coarsenLosses(fine, step);
          const mass = (masses: Float64Array) => masses.reduce((sum, one) => sum + one, 0);
          expect(mass(coarse.masses)).toBeCloseTo(mass(fine.masses), 10);
          expect(deltaOfLosses(coarse, epsilon)).toBeGreaterThanOrEqual(deltaOfLosses(fine, epsilon) - 1e-12);
        },
      ),
    );
  });
});

describe("the privacy loss distribution of a subsampled Gaussian", () => {
  it.each([
    // tensorflow_privacy, analysis/compute_dp_sgd_privacy_test.py
    [0.01, 0.7, 120, 2.4612381],
    [1, 0.7, 2, 10.1224946],
  ])(
    "sampled with %d, noise %d, %i times gives the published epsilon %d",
    (q, z, compositions, published) => {
      const epsilon = subsampledGaussianEpsilon(q, z, compositions, 1e-5);
      expect(Math.abs(epsilon / published - 1)).toBeLessThan(1e-3);
    },
  );

  it("comes to the exact Gaussian where nearly everybody is sampled", () => {
    const epsilon = subsampledGaussianEpsilon(1 - 1e-9, 2, 5, 1e-5);
    const exact = gaussianEpsilon(2, 5, 1e-5);
    expect(epsilon).toBeGreaterThan(exact - 1e-6);
    expect(epsilon / exact - 1).toBeLessThan(1e-3);
  });

  it.each([
    [0.0025, 1.3, 6000],
    [0.04, 1.5, 2250],
    [0.1, 4, 100],
  ])("is tighter than RDP, for %d, %d, %i", (q, z, compositions) => {
    const rdp = epsilonOfRdp(composeRdp([{ event: gaussian(q, z), compositions }]), 1e-5);
    const pld = subsampledGaussianEpsilon(q, z, compositions, 1e-5);
    expect(pld).toBeLessThan(rdp);
    expect(pld).toBeGreaterThan(0.5 * rdp);
  });

  it("falls with the noise, grows with sampling and repetition", () => {
    const at = (q: number, z: number, times: number) => subsampledGaussianEpsilon(q, z, times, 1e-5);
    const epsilon = at(0.05, 1, 20);
    expect(at(0.05, 1.1, 20)).toBeLessThan(epsilon);
    expect(at(0.06, 1, 20)).toBeGreaterThan(epsilon);
    expect(at(0.05, 1, 30)).toBeGreaterThan(epsilon);
  });
});
