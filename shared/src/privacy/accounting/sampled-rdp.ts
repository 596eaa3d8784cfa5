import { logAdd } from "./log-arithmetic.js";

/**
 * An upper bound on the Rényi divergence of any mechanism under Poisson sampling, from the mechanism's own at integer
 * orders (Zhu, Wang 2019, Poisson Subsampled Rényi Differential Privacy, Theorem 5: its factor 3 makes it pessimistic).
 * Between integers by the convexity of (α − 1)·ε(α).
 */
export function sampledRdp(q: number, order: number, rdpAt: (order: number) => number): number {
  if (q === 0) return 0;
  if (q === 1) return rdpAt(order);
  const moment = (integer: number) => (integer === 1 ? 0 : logMoment(q, integer, rdpAt));
  const floor = Math.floor(order);
  const part = order - floor;
  const logA = (1 - part) * moment(floor) + (part === 0 ? 0 : part * moment(floor + 1));
  return Math.min(logA / (order - 1), rdpAt(order));
}

function logMoment(q: number, order: number, rdpAt: (order: number) => number): number {
  const [logQ, logRest] = [Math.log(q), Math.log1p(-q)];
  let sum = (order - 1) * logRest + Math.log1p((order - 1) * q);
  let logBinomial = Math.log(order);
  for (let j = 2; j <= order; j++) {
    logBinomial += Math.log((order - j + 1) / j);
    const term = logBinomial + (order - j) * logRest + j * logQ + (j - 1) * rdpAt(j);
    sum = logAdd(sum, j === 2 ? term : term + Math.log(3));
  }
  return sum;
}
