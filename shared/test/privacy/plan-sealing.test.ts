import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planSealing } from "../../src/privacy/plan-sealing.js";
import { privateTask } from "./support/private-task.js";

describe("planning a sealing", () => {
  it("refuses a modulus in which the cohort's sum would have no room, naming the field", () => {
    const refused = planSealing(privateTask({ privacy: { bits: 8 } }), 5000);
    expect(refused).toMatchObject({ ok: false, field: "privacy.bits" });
  });

  it("refuses a noise share too coarse for the integers it lies on", () => {
    const task = privateTask({ privacy: { bits: 12, noiseMultiplier: 0.1 } });
    expect(planSealing(task, 500)).toMatchObject({ ok: false, field: "privacy.bits" });
  });

  it("calibrates the shares to the fewest honest contributors", () => {
    const task = privateTask({ cohort: { size: 100, minimum: 80, corruptFraction: 0.25 } });
    const planned = planSealing(task, 1000);
    if (!planned.ok) throw new Error(planned.message);
    const { honestContributors, shareDeviation, scale, clip } = planned.plan;
    expect(honestContributors).toBe(60);
    expect((shareDeviation * Math.sqrt(60)) / scale).toBeCloseTo(2.5 * clip, 10);
  });

  it("never plans less noise than asked for, nor less than three steps a share", () => {
    const settings = fc.record({
      bits: fc.integer({ min: 8, max: 32 }),
      noiseMultiplier: fc.double({ min: 0.01, max: 100, noNaN: true }),
      clip: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    });
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 10_000_000 }), (privacy, dimension) => {
        const planned = planSealing(privateTask({ privacy }), dimension);
        if (!planned.ok) return;
        const { shareDeviation, scale, honestContributors } = planned.plan;
        expect(shareDeviation).toBeGreaterThanOrEqual(3);
        const deviation = (shareDeviation * Math.sqrt(honestContributors)) / scale;
        expect(deviation).toBeGreaterThanOrEqual(privacy.noiseMultiplier * privacy.clip * (1 - 1e-12));
      }),
    );
  });
});
