/**
 * What turns the bytes of one version into those of another, exactly: the difference of each word (little-endian, modulo
 * its size), zigzagged so that small ones of either sign have zeros in front, and written byte by byte, all lowest bytes
 * first. As long as the version itself; what HTTP's compression makes of it is short where little has changed.
 */
export function deltaBetween(base: Uint8Array, next: Uint8Array, wordBits: 8 | 16 | 32): Uint8Array {
  const width = wordBits / 8;
  const words = base.length / width;
  const delta = new Uint8Array(base.length);
  for (let word = 0; word < words; word++) {
    const change = signed(wordAt(next, word, width) - wordAt(base, word, width), wordBits);
    const folded = (change << 1) ^ (change >> 31);
    for (let byte = 0; byte < width; byte++) delta[byte * words + word] = folded >>> (8 * byte);
  }
  return delta;
}

/** The inverse of {@link deltaBetween}: the next version's bytes, of any delta as long as the base. */
export function applyDelta(base: Uint8Array, delta: Uint8Array, wordBits: 8 | 16 | 32): Uint8Array {
  const width = wordBits / 8;
  const words = base.length / width;
  const next = new Uint8Array(base.length);
  for (let word = 0; word < words; word++) {
    let folded = 0;
    for (let byte = 0; byte < width; byte++) folded |= (delta[byte * words + word] ?? 0) << (8 * byte);
    const value = wordAt(base, word, width) + ((folded >>> 1) ^ -(folded & 1));
    for (let byte = 0; byte < width; byte++) next[word * width + byte] = value >>> (8 * byte);
  }
  return next;
}

function wordAt(bytes: Uint8Array, word: number, width: number): number {
  let value = 0;
  for (let byte = 0; byte < width; byte++) value |= (bytes[word * width + byte] ?? 0) << (8 * byte);
  return value;
}

/** Modulo 2^bits, from −2^(bits − 1) on. */
const signed = (value: number, bits: number): number => (value << (32 - bits)) >> (32 - bits);
