import { betweenOrders } from "./between-orders.js";
import { logAdd } from "./log-arithmetic.js";

/**
 * An upper bound on the Rényi divergence of symmetric additive noise under Poisson sampling, from the noise's own at whole
 * orders: the moments' binomial sum is the removal's, exact where theirs are, and a reflection that swaps both
 * distributions makes the addition's no larger (Mironov, Talwar, Zhang 2019, arXiv 1908.10530, Theorem 5). `excess` 3
 * is for any mechanism (Zhu, Wang 2019, Poisson Subsampled Rényi Differential Privacy, Theorem 5).
 */
export function sampledRdp(
  q: number,
  order: number,
  excess: 1 | 3,
  rdpAt: (order: number) => number,
): number {
  if (q === 0) return 0;
  if (q === 1) return rdpAt(order);
  const logA = betweenOrders(order, (integer) => logMoment(q, integer, excess, rdpAt));
  return Math.min(logA / (order - 1), rdpAt(order));
}

function logMoment(q: number, order: number, excess: 1 | 3, rdpAt: (order: number) => number): number {
  const [logQ, logRest] = [Math.log(q), Math.log1p(-q)];
  let sum = (order - 1) * logRest + Math.log1p((order - 1) * q);
  let logBinomial = Math.log(order);
  for (let j = 2; j <= order; j++) {
    logBinomial += Math.log((order - j + 1) / j);
    const term = logBinomial + (order - j) * logRest + j * logQ + (j - 1) * rdpAt(j);
    sum = logAdd(sum, j === 2 ? term : term + Math.log(excess));
  }
  return sum;
}
