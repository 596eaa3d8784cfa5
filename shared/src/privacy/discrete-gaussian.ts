import type { ByteSource } from "../random/byte-source.js";
import { bernoulliExp } from "./bernoulli-exp.js";
import { drawDiscreteLaplace } from "./discrete-laplace.js";
import { rationalOf, squareOf } from "./rational.js";
import { uniformIntegers } from "./uniform-integers.js";

/**
 * Exact samples of the discrete Gaussian P[x] ∝ exp(−x² / 2σ²) for any positive σ, by rejection from a discrete Laplace
 * with uniform integers only (Canonne, Kamath, Steinke, arXiv 2004.00010, Algorithm 3). The oracle of `gaussianSampler`,
 * which is hundreds of times as fast.
 */
export function discreteGaussian(sigma: number, bytes: ByteSource): () => number {
  const below = uniformIntegers(bytes);
  const { numerator: a, denominator: b } = squareOf(rationalOf(sigma));
  const t = BigInt(Math.floor(sigma)) + 1n;
  const scale = { numerator: t, denominator: 1n };
  // exp(−(|y| − σ²/t)² / 2σ²) with σ² = a / b.
  const denominator = 2n * a * b * t * t;
  return () => {
    for (;;) {
      const y = drawDiscreteLaplace(scale, below);
      const excess = (y < 0n ? -y : y) * b * t - a;
      if (bernoulliExp(excess * excess, denominator, below)) return Number(y);
    }
  };
}
