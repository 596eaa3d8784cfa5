const CHUNK = 24;

/** Packs integers below 2^bits, 8 ≤ bits ≤ 32, least significant bit first and without slack between them. */
export function packIntegers(
  values: Uint32Array,
  bits: number,
  into = new Uint8Array(packedBytes(values.length, bits)),
): Uint8Array {
  const low = Math.min(bits, CHUNK);
  const mask = 2 ** low - 1;
  let [at, held, used] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    held |= (value & mask) << used;
    used += low;
    for (; used >= 8; used -= 8, held >>>= 8) into[at++] = held;
    if (bits <= CHUNK) continue;
    held |= (value >>> CHUNK) << used;
    used += bits - CHUNK;
    for (; used >= 8; used -= 8, held >>>= 8) into[at++] = held;
  }
  if (used > 0) into[at] = held;
  return into;
}

/** The inverse of {@link packIntegers} for `count` integers. */
export function unpackIntegers(
  bytes: Uint8Array,
  bits: number,
  count: number,
  into = new Uint32Array(count),
): Uint32Array {
  const low = Math.min(bits, CHUNK);
  const high = bits - low;
  const [lowMask, highMask] = [2 ** low - 1, 2 ** high - 1];
  let [at, held, used] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    for (; used < low; used += 8) held |= (bytes[at++] ?? 0) << used;
    const value = held & lowMask;
    // A shift by 32 is none in JavaScript, but `low` is at most 24.
    held >>>= low;
    used -= low;
    if (high === 0) {
      into[i] = value;
      continue;
    }
    for (; used < high; used += 8) held |= (bytes[at++] ?? 0) << used;
    into[i] = (value | ((held & highMask) << CHUNK)) >>> 0;
    held >>>= high;
    used -= high;
  }
  return into;
}

/** Bytes that `count` integers of `bits` take. */
export const packedBytes = (count: number, bits: number): number => Math.ceil((count * bits) / 8);
