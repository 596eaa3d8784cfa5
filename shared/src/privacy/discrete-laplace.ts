import type { ByteSource } from "../random/byte-source.js";
import { bernoulliExp } from "./bernoulli-exp.js";
import { type Rational, rationalOf } from "./rational.js";
import { type Below, uniformIntegers } from "./uniform-integers.js";

/** Exact samples of the discrete Laplace P[x] ∝ exp(−|x| / scale) for any positive scale. */
export function discreteLaplace(scale: number, bytes: ByteSource): () => number {
  const below = uniformIntegers(bytes);
  const fraction = rationalOf(scale);
  return () => Number(drawDiscreteLaplace(fraction, below));
}

/** One draw, in integers only (Canonne, Kamath, Steinke, arXiv 2004.00010, Algorithm 2). */
export function drawDiscreteLaplace({ numerator, denominator }: Rational, below: Below): bigint {
  for (;;) {
    const part = below(numerator);
    if (!bernoulliExp(part, numerator, below)) continue;
    let whole = 0n;
    while (bernoulliExp(1n, 1n, below)) whole++;
    const magnitude = (part + numerator * whole) / denominator;
    const negative = below(2n) === 1n;
    if (!(negative && magnitude === 0n)) return negative ? -magnitude : magnitude;
  }
}
