import { sumsDivergence } from "../sums-divergence.js";
import { logAdd } from "./log-arithmetic.js";
import type { PrivacyEvent } from "./privacy-event.js";
import { subsampledGaussianRdp } from "./subsampled-gaussian.js";

/** An upper bound on the Rényi divergence of order α > 1 between an event's outputs with and without one client. */
export function renyiDivergence(event: PrivacyEvent, order: number): number {
  switch (event.mechanism) {
    case "gaussian":
      return subsampledGaussianRdp(event.samplingProbability, event.noiseMultiplier, order);
    case "discrete-gaussian":
      // As the continuous one (Canonne, Kamath, Steinke, arXiv 2004.00010, Theorem 4).
      return (order * event.sensitivity ** 2) / (2 * event.stddev ** 2);
    case "laplace":
      return laplace(event.noiseMultiplier, order);
    case "skellam":
      return skellam(event, order);
    case "distributed-discrete-gaussian":
      return distributedDiscreteGaussian(event, order);
  }
}

/** Mironov 2017, arXiv 1702.07476, Table II. */
function laplace(z: number, order: number): number {
  const up = Math.log(order / (2 * order - 1)) + (order - 1) / z;
  const down = Math.log((order - 1) / (2 * order - 1)) - order / z;
  return Math.min(logAdd(up, down) / (order - 1), 1 / z);
}

/** Agarwal, Kairouz, Liu 2021, arXiv 2110.04995, Theorem 3.5. */
function skellam(
  { sensitivity, l1Sensitivity, variance }: Extract<PrivacyEvent, { mechanism: "skellam" }>,
  order: number,
): number {
  const gaussian = (order * sensitivity ** 2) / (2 * variance);
  const excess = Math.min(
    ((2 * order - 1) * sensitivity ** 2 + 6 * l1Sensitivity) / (4 * variance ** 2),
    (3 * l1Sensitivity) / (2 * variance),
  );
  return gaussian + excess;
}

/** Kairouz, Liu, Steinke 2021, arXiv 2102.06387, Theorem 1 and Proposition 14. */
function distributedDiscreteGaussian(
  event: Extract<PrivacyEvent, { mechanism: "distributed-discrete-gaussian" }>,
  order: number,
): number {
  const { sensitivity, l1Sensitivity, localStddev, clients, dimension } = event;
  const central = localStddev * Math.sqrt(clients);
  const [a, l] = [l1Sensitivity / central, sensitivity / central];
  const tau = sumsDivergence(localStddev, clients);
  return Math.min(
    (order * l * l) / 2 + tau * dimension,
    (order / 2) * (l * l + 2 * a * tau + tau * tau * dimension),
    (order / 2) * (l + Math.sqrt(dimension) * tau) ** 2,
  );
}
