import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Accountant, leastNoise, mostCompositions } from "../../../src/privacy/accounting/accountant.js";
import { exactAccountant } from "../../../src/privacy/accounting/exact-gaussian.js";
import { pldAccountant } from "../../../src/privacy/accounting/pld-accountant.js";
import type { MechanismEvent, PrivacyEvent } from "../../../src/privacy/accounting/privacy-event.js";
import { rdpAccountant } from "../../../src/privacy/accounting/rdp-accountant.js";
import { zcdpAccountant } from "../../../src/privacy/accounting/zcdp-accountant.js";

const gaussian = (noiseMultiplier: number): MechanismEvent => ({ mechanism: "gaussian", noiseMultiplier });
const once = (event: PrivacyEvent, compositions = 1) => [{ event, compositions }];

/** Every mechanism at noise of deviation about z for a sensitivity of about 1. */
const MECHANISMS: Record<string, (z: number) => MechanismEvent> = {
  gaussian,
  "correlated Gaussian": (z) => ({
    mechanism: "correlated-gaussian",
    noiseMultiplier: 2 * z,
    squaredSensitivity: 4,
  }),
  "discrete Gaussian": (z) => ({
    mechanism: "discrete-gaussian",
    sensitivity: 8,
    stddev: 8 * z,
    dimension: 1,
  }),
  laplace: (z) => ({ mechanism: "laplace", noiseMultiplier: z }),
  "discrete Laplace": (z) => ({ mechanism: "discrete-laplace", sensitivity: 4, scale: 4 * z }),
  skellam: (z) => ({
    mechanism: "skellam",
    sensitivity: 8,
    l1Sensitivity: 8,
    variance: (8 * z) ** 2,
    dimension: 1,
  }),
  "distributed discrete Gaussian": (z) => ({
    mechanism: "distributed-discrete-gaussian",
    sensitivity: 100,
    l1Sensitivity: 1000,
    localStddev: 10 * z,
    clients: 100,
    dimension: 100,
  }),
};

const ACCOUNTANTS: readonly Accountant[] = [rdpAccountant(), zcdpAccountant, pldAccountant, exactAccountant];
const cases = ACCOUNTANTS.flatMap((accountant) =>
  Object.entries(MECHANISMS).flatMap(([name, mechanism]) =>
    accountant.epsilon(once(mechanism(1)), 1e-5) === undefined
      ? []
      : [{ by: accountant.name, name, accountant, mechanism }],
  ),
);

describe.each(cases)("$name counted by $by", ({ by, accountant, mechanism }) => {
  const epsilon = (event: PrivacyEvent, compositions = 1, delta = 1e-5) =>
    accountant.epsilon(once(event, compositions), delta) ?? Number.NaN;
  const noise = fc.double({ min: 0.6, max: 8, noNaN: true });
  const few = { numRuns: by === "pld" ? 1 : 20 };

  it("falls with the noise and with delta, grows with repetition", () => {
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: by === "pld" ? 4 : 20 }), (z, times) => {
        const here = epsilon(mechanism(z), times);
        const slack = 1 + 1e-6;
        expect(epsilon(mechanism(1.2 * z), times)).toBeLessThanOrEqual(here * slack);
        expect(epsilon(mechanism(z), times + 1)).toBeGreaterThanOrEqual(here / slack);
        expect(epsilon(mechanism(z), times, 1e-7)).toBeGreaterThanOrEqual(here / slack);
      }),
      few,
    );
  });

  it("reads as much delta at its epsilon as was asked for", () => {
    fc.assert(
      fc.property(noise, (z) => {
        const here = epsilon(mechanism(z));
        const delta = accountant.delta(once(mechanism(z)), here) ?? Number.NaN;
        expect(delta).toBeLessThanOrEqual(1e-5 * (1 + 1e-3));
        if (here > 0.05 && accountant.name !== "zcdp") expect(delta).toBeGreaterThan(0.5e-5);
      }),
      few,
    );
  });

  it("counts two mechanisms together as no less than either, and as no more than both", () => {
    const [one, other] = [mechanism(2), mechanism(3)];
    const together = accountant.epsilon([...once(one), ...once(other)], 1e-5) ?? Number.NaN;
    expect(together).toBeGreaterThanOrEqual(epsilon(one) - 1e-9);
    expect(together).toBeLessThanOrEqual(epsilon(one, 1, 0.5e-5) + epsilon(other, 1, 0.5e-5) + 1e-9);
  });

  it("is undone: as many compositions as fit, and the least noise that does", () => {
    const budget = { epsilon: by === "pld" ? 2 : 6, delta: 1e-5 };
    const most = mostCompositions(accountant, mechanism(4), budget);
    expect(epsilon(mechanism(4), most)).toBeLessThanOrEqual(budget.epsilon);
    expect(epsilon(mechanism(4), most + 1)).toBeGreaterThan(budget.epsilon);
    // A thousandth more or less costs the loss distributions as long as all the other specs.
    if (by === "pld") return;
    const least = leastNoise(accountant, (z) => once(mechanism(z), 5), budget);
    expect(epsilon(mechanism(least ?? 0), 5)).toBeLessThanOrEqual(6);
    expect(epsilon(mechanism(0.99 * (least ?? 0)), 5)).toBeGreaterThan(5.5);
  });
});

describe("Poisson sampling", () => {
  const sampled = (probability: number, event: MechanismEvent): PrivacyEvent => ({
    mechanism: "poisson-sampled",
    probability,
    event,
  });

  it.each(cases.filter(({ by }) => by === "rdp" || by === "pld"))(
    "of $name, counted by $by, grows from nothing to the mechanism itself",
    ({ accountant, mechanism }) => {
      const at = (q: number) => accountant.epsilon(once(sampled(q, mechanism(1.5)), 3), 1e-5) ?? Number.NaN;
      const curve = [1e-3, 0.01, 0.1, 0.5].map(at);
      for (let i = 1; i < curve.length; i++) expect(curve[i]).toBeGreaterThanOrEqual(curve[i - 1] ?? 0);
      const whole = accountant.epsilon(once(mechanism(1.5), 3), 1e-5) ?? Number.NaN;
      expect(curve.at(-1)).toBeLessThanOrEqual(whole * (1 + 1e-6));
      expect(curve[0]).toBeLessThan(0.3 * whole);
    },
  );

  it("is not known to the others: they say so", () => {
    const events = once(sampled(0.1, gaussian(1)));
    expect(zcdpAccountant.epsilon(events, 1e-5)).toBeUndefined();
    expect(exactAccountant.epsilon(events, 1e-5)).toBeUndefined();
  });
});

describe("the privacy loss distribution against the truth", () => {
  it("of one Laplace mechanism", () => {
    // δ(ε) = 1 − exp((ε − ε₀)/2), below ε₀ = 1 / z
    for (const epsilon of [0, 0.3, 0.9]) {
      const delta =
        pldAccountant.delta(once({ mechanism: "laplace", noiseMultiplier: 1 }), epsilon) ?? Number.NaN;
      const truth = 1 - Math.exp((epsilon - 1) / 2);
      expect(delta).toBeGreaterThanOrEqual(truth - 1e-12);
      expect(delta).toBeLessThan(truth + 1e-4);
    }
  });

  it("of the discrete Gaussian is the sum over the integers", () => {
    const [stddev, sensitivity, epsilon] = [3, 2, 0.8];
    let [truth, whole] = [0, 0];
    for (let x = -200; x <= 200; x++) {
      const [with_, without] = [Math.exp(-((x - sensitivity) ** 2) / 18), Math.exp(-(x * x) / 18)];
      truth += Math.max(0, with_ - Math.exp(epsilon) * without);
      whole += without;
    }
    const event = { mechanism: "discrete-gaussian", sensitivity, stddev, dimension: 1 } as const;
    const delta = pldAccountant.delta(once(event), epsilon) ?? Number.NaN;
    expect(delta).toBeGreaterThanOrEqual(truth / whole - 1e-12);
    expect(delta / (truth / whole)).toBeLessThan(1.001);
  });

  it("is at most as large as what RDP says, for every mechanism that it knows", () => {
    for (const { mechanism } of cases.filter(({ by }) => by === "pld")) {
      for (const times of [1, 10]) {
        const events = once(mechanism(2), times);
        const [pld, rdp] = [pldAccountant.epsilon(events, 1e-5), rdpAccountant().epsilon(events, 1e-5)];
        expect(pld).toBeLessThanOrEqual((rdp ?? 0) * (1 + 1e-3));
      }
    }
  });

  it("takes noise so small that the likelihoods overflow", () => {
    const events = once(sampledTiny);
    expect(pldAccountant.epsilon(events, 1e-5)).toBeGreaterThan(1000);
  });
  const sampledTiny: PrivacyEvent = { mechanism: "poisson-sampled", probability: 0.1, event: gaussian(0.01) };
});
