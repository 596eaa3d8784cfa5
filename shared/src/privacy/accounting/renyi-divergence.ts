import { sumsDivergence } from "../sums-divergence.js";
import { betweenOrders } from "./between-orders.js";
import { logAdd } from "./log-arithmetic.js";
import type { MechanismEvent, PrivacyEvent } from "./privacy-event.js";
import { sampledRdp } from "./sampled-rdp.js";
import { subsampledGaussianRdp } from "./subsampled-gaussian.js";

/** An upper bound on the Rényi divergence of order α > 1 between an event's outputs with and without one client. */
export function renyiDivergence(event: PrivacyEvent, order: number): number {
  if (event.mechanism !== "poisson-sampled") return mechanismDivergence(event, order);
  const { probability, event: sampled } = event;
  return sampled.mechanism === "gaussian"
    ? subsampledGaussianRdp(probability, sampled.noiseMultiplier, order)
    : sampledRdp(probability, order, excessOf(sampled), (at) => mechanismDivergence(sampled, at));
}

/** Whose published accountants take the general bound: with it the figures agree. */
const excessOf = ({ mechanism }: MechanismEvent) =>
  mechanism === "skellam" || mechanism === "distributed-discrete-gaussian" ? 3 : 1;

function mechanismDivergence(event: MechanismEvent, order: number): number {
  switch (event.mechanism) {
    case "gaussian":
      return order / (2 * event.noiseMultiplier ** 2);
    case "correlated-gaussian":
      return (order * event.squaredSensitivity) / (2 * event.noiseMultiplier ** 2);
    case "discrete-gaussian":
      // As the continuous one (Canonne, Kamath, Steinke, arXiv 2004.00010, Theorem 4).
      return (order * event.sensitivity ** 2) / (2 * event.stddev ** 2);
    case "laplace":
      return laplace(event.noiseMultiplier, order);
    case "discrete-laplace":
      return discreteLaplace(event.sensitivity, event.scale, order);
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

/** The sum Σ p(x)^α p(x − Δ)^(1 − α) itself: three geometric series, left of 0, between and right of Δ. */
function discreteLaplace(sensitivity: number, scale: number, order: number): number {
  const shift = Math.floor(sensitivity);
  const logTotal = Math.log1p(Math.exp(-1 / scale)) - Math.log(-Math.expm1(-1 / scale));
  const logTail = -Math.log(-Math.expm1(-1 / scale));
  let logSum = logAdd(logTail + ((order - 1) * shift) / scale, logTail - (order * shift) / scale);
  if (shift > 1) {
    const slope = (2 * order - 1) / scale;
    const logInner = Math.log(-Math.expm1(-slope * (shift - 1))) - slope - Math.log(-Math.expm1(-slope));
    logSum = logAdd(logSum, ((order - 1) * shift) / scale + logInner);
  }
  return Math.min((logSum - logTotal) / (order - 1), shift / scale);
}

/** Agarwal, Kairouz, Liu 2021, arXiv 2110.04995, Theorem 3.5, which is about whole orders. */
function skellam(
  { sensitivity, l1Sensitivity, variance }: Extract<MechanismEvent, { mechanism: "skellam" }>,
  order: number,
): number {
  const at = (integer: number) => {
    const gaussian = (integer * sensitivity ** 2) / (2 * variance);
    const excess = Math.min(
      ((2 * integer - 1) * sensitivity ** 2 + 6 * l1Sensitivity) / (4 * variance ** 2),
      (3 * l1Sensitivity) / (2 * variance),
    );
    return gaussian + excess;
  };
  return betweenOrders(order, (integer) => (integer - 1) * at(integer)) / (order - 1);
}

/** Kairouz, Liu, Steinke 2021, arXiv 2102.06387, Theorem 1 and Proposition 14. */
function distributedDiscreteGaussian(
  event: Extract<MechanismEvent, { mechanism: "distributed-discrete-gaussian" }>,
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
