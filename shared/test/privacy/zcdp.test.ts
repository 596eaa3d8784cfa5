import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epsilonOfZcdp, rhoOfGaussian } from "../../src/privacy/zcdp.js";

describe("zCDP", () => {
  it("gives a Gaussian's rho", () => {
    // Bun, Steinke 2016, Proposition 6: Δ² / 2σ²
    expect(rhoOfGaussian(1, 1)).toBe(0.5);
    expect(rhoOfGaussian(3, 2)).toBe(9 / 8);
  });

  it("converts as the integer orders do, only better", () => {
    // dp_accounting rdp_privacy_accountant_test.py: Gaussian, noise multiplier 0.7, 2 compositions, over its RDP orders
    const epsilon = epsilonOfZcdp(rhoOfGaussian(Math.SQRT2, 0.7), 1e-5);
    expect(epsilon).toBeLessThanOrEqual(10.8602036);
    expect(epsilon).toBeGreaterThan(10.8602036 * (1 - 1e-3));
  });

  it("is never worse than the closed form rho + 2√(rho·ln(1/delta))", () => {
    const rhos = fc.double({ min: 1e-6, max: 100, noNaN: true });
    fc.assert(
      fc.property(rhos, fc.double({ min: 1e-12, max: 0.1, noNaN: true }), (rho, delta) => {
        const closed = rho + 2 * Math.sqrt(rho * Math.log(1 / delta));
        expect(epsilonOfZcdp(rho, delta)).toBeLessThanOrEqual(closed);
      }),
    );
  });

  it("grows with rho and falls with delta", () => {
    const rhos = fc.double({ min: 1e-4, max: 10, noNaN: true });
    fc.assert(
      fc.property(rhos, fc.double({ min: 1e-9, max: 0.1, noNaN: true }), (rho, delta) => {
        expect(epsilonOfZcdp(rho * 1.1, delta)).toBeGreaterThanOrEqual(epsilonOfZcdp(rho, delta));
        expect(epsilonOfZcdp(rho, delta * 1.1)).toBeLessThanOrEqual(epsilonOfZcdp(rho, delta));
      }),
    );
  });
});
