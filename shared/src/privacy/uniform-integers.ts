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

const bitLength = (value: bigint) =>
  value < 2n ** 53n ? Math.floor(Math.log2(Number(value))) + 1 : value.toString(2).length;

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
