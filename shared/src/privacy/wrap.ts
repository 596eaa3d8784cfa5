/** Integers modulo 2^bits, 8 ≤ bits ≤ 32. */
export function wrap(integers: Float64Array, bits: number): Uint32Array {
  const modulus = 2 ** bits;
  return Uint32Array.from(integers, (value) => ((value % modulus) + modulus) % modulus);
}

/** The representative of each residue in [−2^(bits−1), 2^(bits−1)). */
export function centre(residues: Uint32Array, bits: number): Float64Array {
  const modulus = 2 ** bits;
  return Float64Array.from(residues, (value) => (value >= modulus / 2 ? value - modulus : value));
}
