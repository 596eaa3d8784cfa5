import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaussianDelta, gaussianEpsilon } from "../../../src/privacy/accounting/exact-gaussian.js";
import { logErfc } from "../../../src/privacy/accounting/log-erfc.js";
import type { PrivacyEvent } from "../../../src/privacy/accounting/privacy-event.js";
import { composeRdp, epsilonOfRdp } from "../../../src/privacy/accounting/rdp-accountant.js";
import { renyiDivergence } from "../../../src/privacy/accounting/renyi-divergence.js";
import { roundedNorm } from "../../../src/privacy/rounded-norm.js";

const gaussian = (samplingProbability: number, noiseMultiplier: number): PrivacyEvent => ({
  mechanism: "poisson-sampled",
  probability: samplingProbability,
  event: { mechanism: "gaussian", noiseMultiplier },
});
const within = (relative: number, actual: number, expected: number) =>
  expect(Math.abs(actual - expected) / expected).toBeLessThan(relative);

describe("ln erfc", () => {
  it.each([
    [0, 0],
    [1, Math.log(0.15729920705028513)],
    [-1, Math.log(1.8427007929497148)],
    [5, Math.log(1.5374597944280349e-12)],
  ])("of %d is %d", (x, expected) => {
    expect(Math.abs(logErfc(x) - expected)).toBeLessThan(1e-12);
  });
});

describe("RDP", () => {
  it.each([
    // tensorflow_privacy, analysis/compute_dp_sgd_privacy_test.py
    [0.0025, 1.3, 6000, 0.7242234026],
    [1, 0.7, 2, 10.8602036],
    [0.01, 0.7, 120, 3.2392676],
    // opacus, tests/accountants_test.py
    [0.04, 1.5, 2250, 7.32911117143],
  ])(
    "of a Gaussian sampled with %d, noise %d, %i times gives the published epsilon %d",
    (q, z, compositions, epsilon) => {
      const rdp = composeRdp([{ event: gaussian(q, z), compositions }]);
      within(1e-3, epsilonOfRdp(rdp, 1e-5), epsilon);
    },
  );

  it.each([
    // dp_accounting, rdp_privacy_accountant_test.py. Magnitudes of a series whose terms change sign are added, so that at
    // fractional orders its values are upper bounds; the integral below is the truth.
    [1.5, 6.70579741e-4],
    [2.5, 1.0854871e-3],
    [5, 2.18075656e-3],
  ])("of order %d is the published %d, and not below the integral that defines it", (order, published) => {
    const [q, z, step] = [0.01, 2.5, 2e-3];
    let moment = 0;
    for (let x = -50; x < 80; x += step) {
      const density = Math.exp((-x * x) / (2 * z * z)) / (z * Math.sqrt(2 * Math.PI));
      moment += step * density * (1 - q + q * Math.exp((2 * x - 1) / (2 * z * z))) ** order;
    }
    const rdp = 50 * renyiDivergence(gaussian(q, z), order);
    const truth = (50 * Math.log(moment)) / (order - 1);
    within(1e-6, rdp, published);
    expect(rdp).toBeGreaterThan(truth * (1 - 1e-6));
    expect(rdp).toBeLessThan(truth * 1.04);
  });

  it("converts a constant divergence as published", () => {
    const orders = Array.from({ length: 31 }, (_, i) => i + 2);
    // dp_accounting, rdp_privacy_accountant_test.py
    within(
      1e-9,
      epsilonOfRdp(
        orders.map(() => 1.1),
        1e-5,
        orders,
      ),
      1.32783806176,
    );
  });

  it("of a distributed discrete Gaussian gives the recomputed epsilon", () => {
    const [gamma, clip, dimension, clients] = [1e-3, 1, 65_536, 100];
    const sensitivity = roundedNorm(clip / gamma, dimension);
    const event: PrivacyEvent = {
      mechanism: "distributed-discrete-gaussian",
      sensitivity,
      l1Sensitivity: sensitivity * Math.min(Math.sqrt(dimension), sensitivity),
      localStddev: 0.1 / gamma,
      clients,
      dimension,
    };
    // Recomputed with google-research/federated, distributed_dp/accounting_utils.py, which takes integer orders.
    const orders = Array.from({ length: 63 }, (_, i) => i + 2);
    within(1e-6, epsilonOfRdp(composeRdp([{ event, compositions: 1 }], orders), 1e-5, orders), 4.796508);
    expect(epsilonOfRdp(composeRdp([{ event, compositions: 1 }]), 1e-5)).toBeLessThan(4.796508);
    within(1e-6, roundedNorm(100, 1024), 101.843016);
  });

  it("of Laplace noise never exceeds its pure epsilon", () => {
    for (const z of [0.3, 1, 4]) {
      const rdp = composeRdp([{ event: { mechanism: "laplace", noiseMultiplier: z }, compositions: 1 }]);
      expect(Math.max(...rdp)).toBeLessThanOrEqual(1 / z);
    }
  });

  it("of Skellam noise comes down to that of the Gaussian as its variance grows", () => {
    const at = (variance: number) =>
      renyiDivergence(
        { mechanism: "skellam", sensitivity: Math.sqrt(variance), l1Sensitivity: 10, variance, dimension: 9 },
        4,
      );
    expect(at(10)).toBeGreaterThan(at(1e6));
    expect(at(1e6)).toBeCloseTo(2, 4);
  });
});

describe("the exact Gaussian", () => {
  it("has the published delta", () => {
    // dp_accounting, pld/privacy_loss_mechanism_test.py
    within(1e-7, gaussianDelta(1, 1, 1), 0.12693674);
  });

  it("gives what the published privacy loss distribution gives, and less than RDP", () => {
    // tensorflow_privacy, analysis/compute_dp_sgd_privacy_test.py; its grid is pessimistic by up to 1e-3.
    within(1e-3, gaussianEpsilon(0.7, 2, 1e-5), 10.1224946);
    expect(gaussianEpsilon(0.7, 2, 1e-5)).toBeLessThan(10.8602036);
  });

  it("falls with the noise and with delta, grows with repetition, and is undone by its inverse", () => {
    const noise = fc.double({ min: 0.3, max: 10, noNaN: true });
    const times = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(noise, times, (z, compositions) => {
        const epsilon = gaussianEpsilon(z, compositions, 1e-5);
        expect(gaussianEpsilon(1.1 * z, compositions, 1e-5)).toBeLessThanOrEqual(epsilon);
        expect(gaussianEpsilon(z, compositions + 1, 1e-5)).toBeGreaterThanOrEqual(epsilon);
        expect(gaussianEpsilon(z, compositions, 1e-6)).toBeGreaterThanOrEqual(epsilon);
        expect(gaussianDelta(z, compositions, epsilon)).toBeLessThanOrEqual(1e-5);
      }),
    );
  });
});
