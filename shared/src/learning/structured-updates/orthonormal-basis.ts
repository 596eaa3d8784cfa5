/**
 * As many orthonormal columns as `rank`, row-major, from public words: numbers that are uniform between −1 and 1, then modified
 * Gram–Schmidt (Golub & Van Loan, Matrix Computations, §5.2.8). Neither signs nor the order of the rows matter to the draw,
 * hence E[A·Aᵀ] = rank / rows · 1.
 */
export function orthonormalBasis(words: Uint32Array, rank: number): Float64Array {
  const basis = Float64Array.from(words, (word) => (word + 0.5) / 2 ** 31 - 1);
  const dot = (i: number, j: number) => {
    let sum = 0;
    for (let at = 0; at < basis.length; at += rank) sum += (basis[at + i] ?? 0) * (basis[at + j] ?? 0);
    return sum;
  };
  for (let j = 0; j < rank; j++) {
    for (let i = 0; i < j; i++) {
      const shared = dot(i, j);
      for (let at = 0; at < basis.length; at += rank) {
        basis[at + j] = (basis[at + j] ?? 0) - shared * (basis[at + i] ?? 0);
      }
    }
    const norm = Math.sqrt(dot(j, j));
    for (let at = 0; at < basis.length; at += rank) basis[at + j] = (basis[at + j] ?? 0) / norm;
  }
  return basis;
}
