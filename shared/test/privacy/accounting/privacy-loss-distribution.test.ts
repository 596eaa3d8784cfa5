import { describe, expect, it } from "vitest";
import { convolutionPower } from "../../../src/privacy/accounting/convolution.js";
import { gaussianEpsilon } from "../../../src/privacy/accounting/exact-gaussian.js";
import { pldAccountant } from "../../../src/privacy/accounting/pld-accountant.js";
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
