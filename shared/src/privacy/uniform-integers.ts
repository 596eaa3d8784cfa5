import type { ByteSource } from "../random/byte-source.js";

/** Uniform integers in [0, limit), for any limit of at least 1. */
export type Below = (limit: bigint) => bigint;

const POOL_BYTES = 32_768;

/** Uniform integers without bias, by rejection from as few random bits as hold the limit. */
export function uniformIntegers(source: ByteSource): Below {
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
    if (limit === 1n) return 0n;
    const bits = bitLength(limit - 1n);
    for (;;) {
      const draw = bits <= 48 ? BigInt(smallDraw(bits, byte)) : largeDraw(bits, byte);
      if (draw < limit) return draw;
    }
  };
}

/** Exact on every engine, as Math.log2 need not be: one bit too few would be a bias. */
function bitLength(value: bigint): number {
  if (value >= 2n ** 53n) return value.toString(2).length;
  const high = Math.floor(Number(value) / 2 ** 32);
  return high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(Number(value));
}

function smallDraw(bits: number, byte: () => number): number {
  let draw = byte() % 2 ** (((bits - 1) % 8) + 1);
  for (let left = bits - (((bits - 1) % 8) + 1); left > 0; left -= 8) draw = draw * 256 + byte();
  return draw;
}

function largeDraw(bits: number, byte: () => number): bigint {
  let draw = BigInt(byte() % 2 ** (((bits - 1) % 8) + 1));
  for (let left = bits - (((bits - 1) % 8) + 1); left > 0; left -= 8) draw = (draw << 8n) | BigInt(byte());
  return draw;
}
