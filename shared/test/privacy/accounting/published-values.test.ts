import { describe, expect, it } from "vitest";
import { exactAccountant } from "../../../src/privacy/accounting/exact-gaussian.js";
import { pldAccountant } from "../../../src/privacy/accounting/pld-accountant.js";
import type { MechanismEvent, PrivacyEvent } from "../../../src/privacy/accounting/privacy-event.js";
import { composeRdp, rdpAccountant } from "../../../src/privacy/accounting/rdp-accountant.js";

const once = (probability: number, event: MechanismEvent, compositions = 1) => [
  {
    event: probability === 1 ? event : ({ mechanism: "poisson-sampled", probability, event } as PrivacyEvent),
    compositions,
  },
];
const gaussian = (noiseMultiplier: number): MechanismEvent => ({ mechanism: "gaussian", noiseMultiplier });
const laplace = (noiseMultiplier: number): MechanismEvent => ({ mechanism: "laplace", noiseMultiplier });
const discreteLaplace = (parameter: number, sensitivity: number): MechanismEvent => ({
  mechanism: "discrete-laplace",
  sensitivity,
  scale: 1 / parameter,
});

const ACCOUNTANTS = { rdp: rdpAccountant(), pld: pldAccountant, exact: exactAccountant };

function agree(actual: number | undefined, published: number, relative = 1e-3) {
  expect(Math.abs((actual ?? Number.NaN) / published - 1)).toBeLessThan(relative);
}

describe("published values: epsilon", () => {
  it.each([
    // tensorflow_privacy, analysis/compute_dp_sgd_privacy_test.py; microbatching halves the noise.
    ["rdp", 0.0025, 1.3, 6000, 1e-5, 0.7242234026109595],
    ["rdp", 0.001, 1, 30_000, 1e-7, 1.4154988495444842],
    ["rdp", 1, 0.7, 2, 1e-5, 10.8602036],
    ["rdp", 1, 0.35, 2, 1e-5, 26.2880374],
    ["rdp", 0.01, 0.7, 120, 1e-5, 3.2392676],
    ["rdp", 0.01, 0.35, 120, 1e-5, 22.6248601],
    ["rdp", 1, 1, 5, 1e-6, 13.376],
    ["rdp", 0.0064, 1, 782, 1e-6, 1.616],
    ["pld", 1, 0.7, 2, 1e-5, 10.1224946],
    ["pld", 1, 0.35, 2, 1e-5, 24.7160779],
    ["pld", 0.01, 0.7, 120, 1e-5, 2.4612381],
    ["pld", 0.01, 0.35, 120, 1e-5, 18.6977407],
    ["pld", 1, 1, 5, 1e-6, 12.595],
    ["pld", 0.0064, 1, 782, 1e-6, 1.199],
    ["exact", 1, 0.35, 2, 1e-5, 24.7160779],
    // opacus, tests/accountants_test.py
    ["rdp", 0.04, 1.5, 2250, 1e-5, 7.32911117143],
    // dp_accounting, pld/pld_privacy_accountant_test.py: δ(1) of it is 0.15594.
    ["pld", 0.2, 0.5, 3, 0.15594, 1],
  ] as const)(
    "by %s, sampled with %d, noise %d, %i times, at delta %d: %d",
    (name, q, z, times, delta, published) => {
      agree(ACCOUNTANTS[name].epsilon(once(q, gaussian(z), times), delta), published);
    },
  );

  it("of noise so small that everything lies at the least order", () => {
    // tensorflow_privacy, analysis/compute_dp_sgd_privacy_test.py
    const events = once(1024e-8, gaussian(0.1), 976_563);
    agree(rdpAccountant([1.25, 1.5, 2, 3]).epsilon(events, 1e-7), 5907982.3113978775, 1e-6);
  });

  it.each([
    // dp_accounting, pld/pld_privacy_accountant_test.py: all that is lost, at a delta of almost nothing.
    [[...once(1, laplace(1), 3), ...once(1, laplace(2), 2)], 4],
    [once(0.2, laplace(0.5), 3), 2.46964],
    [[...once(1, discreteLaplace(1, 1), 3), ...once(1, discreteLaplace(0.5, 1), 2)], 4],
  ])("of Laplace noise, whole: case %#", (events, published) => {
    agree(pldAccountant.epsilon(events, 1e-14), published);
  });

  it.each([0.01, 1, 100])("of Laplace noise of pure epsilon %d at a great order", (epsilon) => {
    // dp_accounting, rdp/rdp_privacy_accountant_test.py
    agree(rdpAccountant([1.1, 1e10]).epsilon(once(1, laplace(1 / epsilon)), 1e-10), epsilon, 1e-6);
  });

  it("of a Gaussian chosen for exactly (1, 1e-6)", () => {
    // dp_accounting, rdp/rdp_privacy_accountant_test.py
    const orders = Array.from({ length: 99_000 }, (_, i) => 1 + 0.001 * (i + 1));
    agree(rdpAccountant(orders).epsilon(once(1, gaussian(4.530877117)), 1e-6), 1, 1e-6);
    agree(rdpAccountant(orders).delta(once(1, gaussian(4.530877117)), 1), 1e-6, 1e-6);
  });

  it("of tree aggregation is below the paper's", () => {
    // dp_accounting, rdp/rdp_privacy_accountant_test.py: one participation in 1,600 steps, 11 nodes above a leaf.
    for (const [noiseMultiplier, above] of [[1.13, 19.74] as const, [8.83, 2.04] as const]) {
      const run: MechanismEvent = {
        mechanism: "correlated-gaussian",
        noiseMultiplier,
        squaredSensitivity: 11,
      };
      expect(rdpAccountant().epsilon(once(1, run), 1e-6)).toBeLessThan(above);
    }
  });
});

describe("published values: Rényi divergences", () => {
  it("of the sampled Gaussian", () => {
    // dp_accounting, rdp/rdp_privacy_accountant_test.py
    const rdp = composeRdp(once(0.01, gaussian(2.5), 50), [1.5, 2.5, 5, 50, 100]);
    const published = [6.70579741e-4, 1.0854871e-3, 2.18075656e-3, 2.38460375e-2, 1.67416308e2];
    for (const [i, value] of published.entries()) agree(rdp[i], value, 1e-6);
  });
});

describe("published values: delta, the greater of adding and removing", () => {
  // dp_accounting, pld/privacy_loss_mechanism_test.py, get_delta_for_epsilon
  it.each([
    [gaussian(1), 1, 1, 0.12693674],
    [gaussian(1 / 3), 1, 1, 0.78760074],
    [gaussian(1), 1, 2, 0.02092364],
    [gaussian(1), 0.8, 1, 0.0816951786585355],
    [gaussian(1 / 3), 0.7, 1, 0.5356298793262404],
    [gaussian(1 / 3), 0.4, 1, 0.2888308005139968],
    [gaussian(1), 0.3, 2, 0.0003341102928869332],
    [gaussian(1), 0.2, 0, 0.076584985],
    [laplace(0.5), 1, 0.5, 0.52763345],
    [laplace(1), 1, 0, 0.39346934],
    [laplace(0.5), 0.8, 0.5, 0.4039564635032081],
    [laplace(1), 0.6, 0.2, 0.1741992102060086],
    [laplace(1), 0.3, 0, 0.1180408020862099],
    [discreteLaplace(0.5, 4), 1, 0, 0.63212056],
    [discreteLaplace(0.5, 4), 1, 0.5, 0.54202002],
    [discreteLaplace(0.5, 4), 1, 1, 0.39346934],
    [discreteLaplace(0.5, 4), 0.7, 0.5, 0.3523838505224567],
    [discreteLaplace(0.5, 4), 0.6, 1, 0.178181891763215],
    [discreteLaplace(0.5, 4), 0.3, 0.5, 0.1068168460276349],
  ])("%j sampled with %d at epsilon %d: %d", (event, q, epsilon, published) => {
    agree(pldAccountant.delta(once(q, event), epsilon), published, 1e-5);
  });

  it.each([
    [laplace(1), 1, 1],
    [laplace(0.5), 1, 2],
    [discreteLaplace(1, 1), 0.8, 1],
  ])("%j sampled with %d is nothing at its pure epsilon %d", (event, q, epsilon) => {
    expect(pldAccountant.delta(once(q, event), epsilon)).toBeLessThan(1e-12);
  });
});
