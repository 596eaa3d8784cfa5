import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MechanismEvent } from "../../../src/privacy/accounting/privacy-event.js";
import { renyiDivergence } from "../../../src/privacy/accounting/renyi-divergence.js";

/** Of {@link divergence}: the sum is close to 1, and its terms are as many as the masses. */
const ROUNDING = 1e-14;

/** ln Σ p^α m^(1 − α) / (α − 1) of two lists of logarithms of probabilities. */
function divergence(p: Float64Array, m: Float64Array, order: number): number {
  const moment = p.reduce((sum, log, i) => sum + Math.exp(order * log + (1 - order) * (m[i] ?? 0)), 0);
  return Math.log(moment) / (order - 1);
}

/** Logarithms of the masses of integer noise, or of continuous noise in bins that are a step wide. */
function logMasses(
  logWeight: (x: number) => number,
  shift: number,
  reach: number,
  step: number,
): Float64Array {
  const middle = step === 1 ? 0 : step / 2;
  const points = Float64Array.from({ length: 2 * Math.round(reach / step) + 1 }, (_, i) => i * step - reach);
  const logs = points.map((x) => logWeight(x + middle - shift));
  const logWhole = Math.log(points.reduce((sum, x) => sum + Math.exp(logWeight(x + middle)), 0));
  return logs.map((log) => log - logWhole);
}

interface Case {
  readonly name: string;
  readonly event: (z: number) => MechanismEvent;
  readonly logWeight: (x: number, z: number) => number;
  readonly shift: number;
  readonly step: number;
  /** How much too large the bound may be, relatively, at whole orders. */
  readonly slack: number;
}

const CASES: readonly Case[] = [
  {
    name: "Laplace",
    event: (z) => ({ mechanism: "laplace", noiseMultiplier: z }),
    logWeight: (x, z) => -Math.abs(x) / z,
    shift: 1,
    step: 1 / 256,
    slack: 1e-3,
  },
  {
    name: "discrete Laplace",
    event: (z) => ({ mechanism: "discrete-laplace", sensitivity: 3, scale: 3 * z }),
    logWeight: (x, z) => -Math.abs(x) / (3 * z),
    shift: 3,
    step: 1,
    slack: 1e-6,
  },
  {
    name: "discrete Gaussian",
    event: (z) => ({ mechanism: "discrete-gaussian", sensitivity: 2, stddev: 2 * z, dimension: 1 }),
    logWeight: (x, z) => -((x / z) ** 2) / 8,
    shift: 2,
    step: 1,
    slack: 1e-2,
  },
];

describe.each(CASES)("Poisson sampling of $name noise", ({ event, logWeight, shift, step, slack }) => {
  const sampled = fc.record({
    q: fc.double({ min: 0.001, max: 0.9, noNaN: true }),
    z: fc.double({ min: 0.8, max: 3, noNaN: true }),
    order: fc.integer({ min: 2, max: 12 }),
  });
  const bound = (z: number, q: number, order: number) =>
    renyiDivergence({ mechanism: "poisson-sampled", probability: q, event: event(z) }, order);
  const truth = (z: number, q: number, order: number) => {
    const reach = step < 1 ? Math.ceil(40 * z) : Math.ceil(120 * z);
    const without = logMasses((x) => logWeight(x, z), 0, reach, step);
    const moved = logMasses((x) => logWeight(x, z), shift, reach, step);
    const mixed = without.map((log, i) => log + Math.log1p(q * Math.expm1((moved[i] ?? 0) - log)));
    return { removing: divergence(mixed, without, order), adding: divergence(without, mixed, order) };
  };

  it("is bounded both ways, and at whole orders with nothing to spare where the noise's own is exact", () => {
    fc.assert(
      fc.property(sampled, ({ q, z, order }) => {
        const { removing, adding } = truth(z, q, order);
        const here = bound(z, q, order);
        const least = Math.max(removing, adding) * (1 - (step < 1 ? slack : 1e-8));
        expect(here).toBeGreaterThanOrEqual(least - ROUNDING);
        expect(here).toBeLessThan((removing + ROUNDING) * (1 + slack));
      }),
      { numRuns: 30 },
    );
  });

  it("is bounded between whole orders", () => {
    fc.assert(
      fc.property(sampled, ({ q, z, order }) => {
        const { removing, adding } = truth(z, q, order - 0.6);
        expect(bound(z, q, order - 0.6)).toBeGreaterThanOrEqual(Math.max(removing, adding) * (1 - 1e-3));
      }),
      { numRuns: 15 },
    );
  });
});

describe("the sampled Gaussian", () => {
  it("is bounded by its series at every order, and no more than by the unsampled one", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.9, noNaN: true }),
        fc.double({ min: 0.5, max: 5, noNaN: true }),
        fc.double({ min: 1.1, max: 12, noNaN: true }),
        (q, z, order) => {
          const step = z / 200;
          let moment = 0;
          for (let x = -12 * z; x < 12 * z + order; x += step) {
            const logDensity = -((x / z) ** 2) / 2 - Math.log(z * Math.sqrt(2 * Math.PI));
            const ratio = 1 - q + q * Math.exp((2 * x - 1) / (2 * z * z));
            moment += step * Math.exp(logDensity + order * Math.log(ratio));
          }
          const event: MechanismEvent = { mechanism: "gaussian", noiseMultiplier: z };
          const bound = renyiDivergence({ mechanism: "poisson-sampled", probability: q, event }, order);
          expect(bound).toBeGreaterThan((Math.log(moment) / (order - 1)) * (1 - 1e-6) - 1e-9);
          expect(bound).toBeLessThanOrEqual(order / (2 * z * z));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("sums of integer shares", () => {
  it("come to the Gaussian as their noise grows, never below it", () => {
    const event = (localStddev: number): MechanismEvent => ({
      mechanism: "distributed-discrete-gaussian",
      sensitivity: 10 * localStddev,
      l1Sensitivity: 100 * localStddev,
      localStddev,
      clients: 100,
      dimension: 100,
    });
    expect(renyiDivergence(event(1), 4)).toBeGreaterThanOrEqual(2);
    expect(renyiDivergence(event(20), 4)).toBeCloseTo(2, 9);
  });
});
