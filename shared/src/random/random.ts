import { platformBytes } from "./byte-source.js";

/** Coins for learning, exploration and simulations. Never for keys, masks or noise. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform integer in [0, below), 1 ≤ below ≤ 2^32, without modulo bias. */
  integer(below: number): number;
  /** Standard normal, by the polar method (Marsaglia & Bray, 1964). */
  normal(): number;
}

const TWO_32 = 4_294_967_296;

function randomFrom(next: () => number): Random {
  const uniform = () => next() / TWO_32;
  return {
    uniform,
    integer(below) {
      const limit = TWO_32 - (TWO_32 % below);
      let draw = next();
      while (draw >= limit) draw = next();
      return draw % below;
    },
    normal() {
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const square = u * u + v * v;
        if (square > 0 && square < 1) return u * Math.sqrt((-2 * Math.log(square)) / square);
      }
    },
  };
}

/** A reproducible stream (sfc32 of PractRand, seeded by 12 discarded rounds). `seed` is taken modulo 2^32. */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed >>> 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return randomFrom(next);
}

/** Unpredictable coins, drawn in bulk from the platform's secure generator. */
export function platformRandom(): Random {
  const pool = new Uint32Array(1024);
  let used = pool.length;
  return randomFrom(() => {
    if (used === pool.length) {
      platformBytes.fill(new Uint8Array(pool.buffer));
      used = 0;
    }
    return pool[used++] ?? 0;
  });
}
