/** Packs integers below 2^bits, 8 ≤ bits ≤ 32, least significant bit first and without slack between them. */
export function packIntegers(values: Uint32Array, bits: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((values.length * bits) / 8));
  for (let i = 0, bit = 0; i < values.length; i++) {
    let value = values[i] ?? 0;
    for (let left = bits; left > 0; ) {
      const offset = bit & 7;
      const taken = Math.min(8 - offset, left);
      const at = bit >>> 3;
      bytes[at] = (bytes[at] ?? 0) | ((value & ((1 << taken) - 1)) << offset);
      value >>>= taken;
      left -= taken;
      bit += taken;
    }
  }
  return bytes;
}

/** The inverse of {@link packIntegers} for `count` integers. */
export function unpackIntegers(bytes: Uint8Array, bits: number, count: number): Uint32Array {
  const values = new Uint32Array(count);
  for (let i = 0, bit = 0; i < count; i++) {
    let value = 0;
    for (let done = 0; done < bits; ) {
      const offset = bit & 7;
      const taken = Math.min(8 - offset, bits - done);
      value |= (((bytes[bit >>> 3] ?? 0) >>> offset) & ((1 << taken) - 1)) << done;
      done += taken;
      bit += taken;
    }
    values[i] = value;
  }
  return values;
}
