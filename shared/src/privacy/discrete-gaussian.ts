import type { ByteSource } from "../random/byte-source.js";

/** Largest standard deviation for which every product below stays an exact integer in a double. */
export const LARGEST_DEVIATION = 2 ** 20;

/**
 * Exact samples of the discrete Gaussian P[x] ∝ exp(−x² / 2σ²) for an integer σ from 1 to 2^20, by rejection from a
 * discrete Laplace of scale σ, with uniform integers only (Canonne, Kamath, Steinke, arXiv 2004.00010, Algorithm 3).
 */
export function discreteGaussian(sigma: number, bytes: ByteSource): () => number {
  const coins = uniformIntegers(bytes);
  return () => {
    for (;;) {
      const y = discreteLaplace(sigma, coins);
      const excess = Math.abs(y) - sigma;
      if (bernoulliExp(excess * excess, 2 * sigma * sigma, coins)) return y;
    }
  };
}

type Below = (limit: number) => number;

/** P[x] ∝ exp(−|x| / scale), integer scale (ibid., Algorithm 2). */
function discreteLaplace(scale: number, below: Below): number {
  for (;;) {
    const fraction = below(scale);
    if (!bernoulliExp(fraction, scale, below)) continue;
    let whole = 0;
    while (bernoulliExp(1, 1, below)) whole++;
    const magnitude = fraction + scale * whole;
    const negative = below(2) === 1;
    if (!(negative && magnitude === 0)) return negative ? -magnitude : magnitude;
  }
}

/** True with probability exp(−numerator / denominator), for integers (ibid., Algorithm 1). */
function bernoulliExp(numerator: number, denominator: number, below: Below): boolean {
  let rest = numerator;
  for (; rest > denominator; rest -= denominator) if (!bernoulliExpBelowOne(1, 1, below)) return false;
  return bernoulliExpBelowOne(rest, denominator, below);
}

function bernoulliExpBelowOne(numerator: number, denominator: number, below: Below): boolean {
  let k = 1;
  while (below(denominator) < numerator && below(k) === 0) k++;
  return k % 2 === 1;
}

const POOL_BYTES = 32_768;

/** Uniform integers in [0, limit), 1 ≤ limit ≤ 2^53, by rejection from as few random bytes as hold the limit. */
function uniformIntegers(source: ByteSource): Below {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  const byte = () => {
    if (used === POOL_BYTES) {
      source.fill(pool);
      used = 0;
    }
    return pool[used++] ?? 0;
  };
  return (limit) => {
    if (limit === 1) return 0;
    const size = limit <= 256 ? 1 : limit <= 65_536 ? 2 : limit <= 2 ** 32 ? 4 : 6;
    const span = 256 ** size;
    const fair = span - (span % limit);
    for (;;) {
      let draw = 0;
      for (let i = 0; i < size; i++) draw = draw * 256 + byte();
      if (draw < fair) return draw % limit;
    }
  };
}
