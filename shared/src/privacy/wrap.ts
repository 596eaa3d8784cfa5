/** The sum of integers (a rounded update, or a sum of residues) and noise modulo 2^bits, 8 ≤ bits ≤ 32. */
export function wrap(
  integers: Int32Array | Uint32Array,
  noise: Int32Array,
  bits: number,
  into: Uint32Array,
): void {
  const mask = maskOf(bits);
  for (let i = 0; i < into.length; i++) into[i] = ((integers[i] ?? 0) + (noise[i] ?? 0)) & mask;
}

/** The representative of each residue in [−2^(bits−1), 2^(bits−1)), times `factor`. */
export function centre(residues: Uint32Array, bits: number, factor: number, into: Float32Array): void {
  const unused = 32 - bits;
  // A shift up and an arithmetic one down spread the sign bit.
  for (let i = 0; i < into.length; i++) into[i] = (((residues[i] ?? 0) << unused) >> unused) * factor;
}

export const maskOf = (bits: number): number => (bits === 32 ? -1 : 2 ** bits - 1);
