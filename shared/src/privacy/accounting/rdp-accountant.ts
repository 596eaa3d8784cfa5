import type { Accountant } from "./accountant.js";
import type { RepeatedEvent } from "./privacy-event.js";
import { renyiDivergence } from "./renyi-divergence.js";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Orders that the accountant looks at: dense where the best one lies for common budgets, sparse far out. */
const RDP_ORDERS: readonly number[] = [
  ...range(1, 99).map((tenth) => 1 + tenth / 10),
  ...range(11, 63),
  128,
  256,
  512,
  1024,
];

/** Orders this close to 1 make the conversion numerically worthless. */
const LEAST_ORDER = 1.01;

/** Composed Rényi divergences, one for each of {@link RDP_ORDERS}. */
export function composeRdp(events: readonly RepeatedEvent[], orders = RDP_ORDERS): number[] {
  return orders.map((order) =>
    events.reduce((sum, { event, compositions }) => sum + compositions * renyiDivergence(event, order), 0),
  );
}

/** The least epsilon for `delta` over all orders (Canonne, Kamath, Steinke, arXiv 2004.00010, Prop. 12). */
export function epsilonOfRdp(rdp: readonly number[], delta: number, orders = RDP_ORDERS): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [i, order] of orders.entries()) {
    const divergence = rdp[i] ?? Number.POSITIVE_INFINITY;
    // A total variation below delta: nothing is revealed at all (Bretagnolle–Huber).
    if (delta * delta > -Math.expm1(-divergence)) return 0;
    if (order <= LEAST_ORDER) continue;
    least = Math.min(least, divergence + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1));
  }
  return Math.max(0, least);
}

/** The least delta for `epsilon` over all orders: the same conversion, solved for delta. */
function deltaOfRdp(rdp: readonly number[], epsilon: number, orders = RDP_ORDERS): number {
  let least = 0;
  for (const [i, order] of orders.entries()) {
    if (order <= LEAST_ORDER) continue;
    const divergence = rdp[i] ?? Number.POSITIVE_INFINITY;
    const logDelta = (order - 1) * (divergence + Math.log1p(-1 / order) - epsilon) - Math.log(order);
    least = Math.min(least, logDelta, 0.5 * Math.log(-Math.expm1(-divergence)));
  }
  return Math.exp(least);
}

/** Rényi differential privacy at a grid of orders: bounds every event, pessimistic by some per cent of epsilon. */
export function rdpAccountant(orders = RDP_ORDERS): Accountant {
  return {
    name: "rdp",
    epsilon: (events, delta) => epsilonOfRdp(composeRdp(events, orders), delta, orders),
    delta: (events, epsilon) => deltaOfRdp(composeRdp(events, orders), epsilon, orders),
  };
}
