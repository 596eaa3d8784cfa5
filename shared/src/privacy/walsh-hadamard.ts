/**
 * The orthonormal Walsh–Hadamard transform of `size` coordinates from `start`, in place; `size` is a power of two. Its
 * own inverse. Two levels of butterflies at a time, which halves the passes over memory.
 */
export function walshHadamard(vector: Float32Array, start: number, size: number): void {
  const end = start + size;
  let half = 1;
  if (Math.log2(size) % 2 === 1) {
    for (let i = start; i < end; i += 2) {
      const a = vector[i] ?? 0;
      const b = vector[i + 1] ?? 0;
      vector[i] = (a + b) * Math.SQRT1_2;
      vector[i + 1] = (a - b) * Math.SQRT1_2;
    }
    half = 2;
  }
  for (; half < size; half *= 4) {
    for (let block = start; block < end; block += 4 * half) {
      for (let i = block, stop = block + half; i < stop; i++) {
        const a = vector[i] ?? 0;
        const b = vector[i + half] ?? 0;
        const c = vector[i + 2 * half] ?? 0;
        const d = vector[i + 3 * half] ?? 0;
        const sum = a + b;
        const difference = a - b;
        const sum2 = c + d;
        const difference2 = c - d;
        vector[i] = (sum + sum2) * 0.5;
        vector[i + half] = (difference + difference2) * 0.5;
        vector[i + 2 * half] = (sum - sum2) * 0.5;
        vector[i + 3 * half] = (difference - difference2) * 0.5;
      }
    }
  }
}
