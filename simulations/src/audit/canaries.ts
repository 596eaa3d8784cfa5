import type { Random } from "@tacit/shared";

/** A client that learns nothing: it sends one random direction, or nothing at all, and listens for its echo. */
export interface Canary {
  /** Unit vector. */
  readonly direction: Float32Array;
  /** Whether its direction is in the training: a fair coin. Without, it sends zeros, as in the adjacency claimed. */
  readonly included: boolean;
}

/** Independent directions, uniform on the sphere: in thousands of dimensions nearly orthogonal. */
export function drawCanaries(count: number, dimension: number, random: Random): Canary[] {
  return Array.from({ length: count }, () => {
    const draws = Float32Array.from({ length: dimension }, () => random.normal());
    const length = Math.sqrt(dot(draws, draws));
    return { direction: draws.map((value) => value / length), included: random.uniform() < 0.5 };
  });
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
