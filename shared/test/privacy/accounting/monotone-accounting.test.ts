import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactAccountant } from "../../../src/privacy/accounting/exact-gaussian.js";
import { pldAccountant } from "../../../src/privacy/accounting/pld-accountant.js";
import type { MechanismEvent, PrivacyEvent } from "../../../src/privacy/accounting/privacy-event.js";
import { rdpAccountant } from "../../../src/privacy/accounting/rdp-accountant.js";
import {
  squaredToeplitzSensitivity,
  toeplitzCoefficients,
} from "../../../src/privacy/accounting/toeplitz.js";
import { squaredTreeSensitivity } from "../../../src/privacy/accounting/tree-sensitivity.js";
import { zcdpAccountant } from "../../../src/privacy/accounting/zcdp-accountant.js";

const RDP = rdpAccountant();
const sampled = (probability: number, event: MechanismEvent): PrivacyEvent => ({
  mechanism: "poisson-sampled",
  probability,
  event,
});
const once = (event: PrivacyEvent, compositions = 1) => [{ event, compositions }];
const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const factor = double(1.01, 3);
const SLACK = 1 + 1e-9;

describe("epsilon by RDP and by zCDP never falls", () => {
  const grows = (before: PrivacyEvent, after: PrivacyEvent) => {
    for (const accountant of [RDP, zcdpAccountant]) {
      const [low, high] = [accountant.epsilon(once(before), 1e-5), accountant.epsilon(once(after), 1e-5)];
      if (low !== undefined) expect(high).toBeGreaterThanOrEqual(low / SLACK);
    }
  };

  it("with more sensitivity of integers, or of more of them", () => {
    fc.assert(
      fc.property(
        double(1, 100),
        factor,
        double(2, 100),
        fc.integer({ min: 1, max: 1e6 }),
        (norm, more, stddev, d) => {
          const discrete = (sensitivity: number): MechanismEvent => ({
            mechanism: "discrete-gaussian",
            sensitivity,
            stddev,
            dimension: d,
          });
          grows(discrete(norm), discrete(more * norm));
          const laplace = (sensitivity: number): MechanismEvent => ({
            mechanism: "discrete-laplace",
            sensitivity,
            scale: stddev,
          });
          grows(laplace(norm), laplace(more * norm));
          const skellam = (sensitivity: number, l1Sensitivity: number): MechanismEvent => ({
            mechanism: "skellam",
            sensitivity,
            l1Sensitivity,
            variance: stddev ** 2,
            dimension: d,
          });
          grows(skellam(norm, norm), skellam(more * norm, norm));
          grows(skellam(norm, norm), skellam(norm, more * norm));
        },
      ),
    );
  });

  it("with more coordinates or more sensitivity of sums of shares, and never rises with more shares of wide noise", () => {
    const sum = (
      dimension: number,
      clients: number,
      sensitivity: number,
      localStddev: number,
    ): MechanismEvent => ({
      mechanism: "distributed-discrete-gaussian",
      sensitivity,
      l1Sensitivity: sensitivity * Math.sqrt(dimension),
      localStddev,
      clients,
      dimension,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e5 }),
        fc.integer({ min: 1, max: 500 }),
        double(1, 100),
        double(0.5, 20),
        factor,
        (d, clients, norm, stddev, more) => {
          const here = sum(d, clients, norm, stddev);
          grows(here, sum(2 * d, clients, norm, stddev));
          grows(here, sum(d, clients, more * norm, stddev));
          grows(sum(d, clients, norm, more * stddev), here);
          if (stddev > 3) grows(sum(d, 2 * clients, norm, stddev), here);
        },
      ),
    );
  });

  it("with more sampling, and with more uses of it", () => {
    const noises: readonly ((z: number) => MechanismEvent)[] = [
      (z) => ({ mechanism: "gaussian", noiseMultiplier: z }),
      (z) => ({ mechanism: "laplace", noiseMultiplier: z }),
      (z) => ({ mechanism: "discrete-laplace", sensitivity: 3, scale: 3 * z }),
      (z) => ({ mechanism: "discrete-gaussian", sensitivity: 3, stddev: 3 * z, dimension: 4 }),
      (z) => ({ mechanism: "skellam", sensitivity: 3, l1Sensitivity: 9, variance: 90 * z * z, dimension: 9 }),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...noises),
        double(0.4, 8),
        double(1e-6, 0.3),
        factor,
        (noise, z, q, more) => {
          grows(sampled(q, noise(z)), sampled(more * q, noise(z)));
          const [one, several] = [
            RDP.epsilon(once(sampled(q, noise(z))), 1e-5),
            RDP.epsilon(once(sampled(q, noise(z)), 7), 1e-5),
          ];
          expect(several).toBeGreaterThanOrEqual((one ?? 0) / SLACK);
          expect(RDP.delta(once(sampled(q, noise(z)), 7), 1)).toBeGreaterThanOrEqual(
            (RDP.delta(once(sampled(q, noise(z))), 1) ?? 0) / SLACK,
          );
        },
      ),
    );
  });
});

describe("the sensitivity of correlated noise", () => {
  it("never falls with more participations or steps, and never rises with more separation", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 100 }),
        (participations, separation, steps) => {
          for (const squared of [
            squaredTreeSensitivity,
            (pattern: Parameters<typeof squaredTreeSensitivity>[0]) =>
              squaredToeplitzSensitivity(toeplitzCoefficients(100), pattern),
          ]) {
            const here = squared({ participations, separation, steps });
            expect(squared({ participations: participations + 1, separation, steps })).toBeGreaterThanOrEqual(
              here,
            );
            expect(squared({ participations, separation: separation + 1, steps })).toBeLessThanOrEqual(
              here + 1e-9,
            );
          }
          // A longer forest may lose its highest node to two lower trees: only trees that are whole are comparable.
          const whole = { participations, separation, steps: 64 };
          expect(squaredTreeSensitivity({ ...whole, steps: 128 })).toBeGreaterThanOrEqual(
            squaredTreeSensitivity(whole),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is at once with a million steps that only the separation limits", () => {
    const squared = squaredTreeSensitivity({ participations: 2 ** 20, separation: 0, steps: 2 ** 20 });
    expect(squared).toBe(2 ** 20 * (2 ** 21 - 1));
  });
});

describe("extreme parameters", () => {
  const cases = [
    [1e-6, 0.05, 1],
    [1e-6, 0.05, 1e6],
    [1e-6, 1e4, 1e9],
    [0.01, 1, 1e6],
    [0.5, 1e4, 1e6],
    [0.5, 0.05, 1000],
  ] as const;

  it.each(cases)("sampled with %d, noise %d, %d times: finite, and never above RDP", (q, z, times) => {
    const events = once(sampled(q, { mechanism: "gaussian", noiseMultiplier: z }), times);
    const [pld, rdp] = [pldAccountant.epsilon(events, 1e-12), RDP.epsilon(events, 1e-12)];
    expect(pld).toBeGreaterThanOrEqual(0);
    expect(rdp).toBeLessThan(1e9);
    expect(pld).toBeLessThanOrEqual(rdp ?? 0);
  });

  it("of wide integer noise are as those of the continuous", () => {
    const event: MechanismEvent = {
      mechanism: "discrete-gaussian",
      sensitivity: 100,
      stddev: 1e5,
      dimension: 1,
    };
    const continuous = exactAccountant.epsilon(
      once({ mechanism: "gaussian", noiseMultiplier: 1000 }, 100),
      1e-12,
    );
    const pld = pldAccountant.epsilon(once(event, 100), 1e-12) ?? Number.NaN;
    expect(pld).toBeGreaterThan((continuous ?? 0) * (1 - 1e-6));
    expect(pld / (continuous ?? 0)).toBeLessThan(1.01);
  });

  it("of integer noise too wide for a table are refused, not waited for", () => {
    const event: MechanismEvent = {
      mechanism: "discrete-gaussian",
      sensitivity: 1,
      stddev: 1e9,
      dimension: 1,
    };
    expect(pldAccountant.epsilon(once(event), 1e-5)).toBeUndefined();
  });

  it.each([1e-9, 0.05, 1, 1e4, 1e9])(
    "of the exact Gaussian with noise %d lie below zCDP's",
    (noiseMultiplier) => {
      for (const times of [1, 1e6, 1e12]) {
        const events = once({ mechanism: "gaussian", noiseMultiplier }, times);
        const exact = exactAccountant.epsilon(events, 1e-12) ?? Number.NaN;
        expect(exact).toBeLessThanOrEqual(zcdpAccountant.epsilon(events, 1e-12) ?? 0);
        // Half the squared separation is the mean of the losses, which a delta of a half already has.
        if (times > 1 && noiseMultiplier <= 1)
          expect(exact).toBeGreaterThan(times / (2 * noiseMultiplier ** 2));
      }
    },
  );

  it("of nobody's sampling are nothing", () => {
    const events = once(sampled(0, { mechanism: "gaussian", noiseMultiplier: 1 }), 1000);
    for (const accountant of [RDP, zcdpAccountant, pldAccountant, exactAccountant]) {
      expect(accountant.epsilon(events, 1e-12)).toBe(0);
      expect(accountant.delta(events, 0)).toBe(0);
    }
  });
});

describe("integer noise on vectors", () => {
  const vector = (dimension: number, sensitivity: number): MechanismEvent[] => [
    { mechanism: "discrete-gaussian", sensitivity, stddev: 3, dimension },
    { mechanism: "skellam", sensitivity, l1Sensitivity: sensitivity ** 2, variance: 9, dimension },
  ];

  it("is refused by privacy loss distributions, which know no worst vector", () => {
    for (const event of vector(2, 2)) expect(pldAccountant.epsilon(once(event), 1e-5)).toBeUndefined();
  });

  it("is counted where the sensitivity leaves but one coordinate that differs by one", () => {
    for (const [i, event] of vector(100, 1).entries()) {
      const alone = vector(1, 1)[i];
      expect(alone && pldAccountant.epsilon(once(event), 1e-5)).toBe(
        alone && pldAccountant.epsilon(once(alone), 1e-5),
      );
      expect(pldAccountant.epsilon(once(event), 1e-5)).toBeGreaterThan(0);
    }
  });
});
