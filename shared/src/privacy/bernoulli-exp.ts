import type { Below } from "./uniform-integers.js";

/**
 * True with probability exp(−numerator / denominator), exactly, for a fraction of at least 0 (Canonne, Kamath, Steinke,
 * arXiv 2004.00010, Algorithm 1).
 */
export function bernoulliExp(numerator: bigint, denominator: bigint, below: Below): boolean {
  let rest = numerator;
  for (; rest > denominator; rest -= denominator) if (!bernoulliExpBelowOne(1n, 1n, below)) return false;
  return bernoulliExpBelowOne(rest, denominator, below);
}

function bernoulliExpBelowOne(numerator: bigint, denominator: bigint, below: Below): boolean {
  let k = 1n;
  while (below(denominator) < numerator && below(k) === 0n) k++;
  return k % 2n === 1n;
}
