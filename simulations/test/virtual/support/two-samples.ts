/** The greatest distance between the distribution functions of two samples. */
export function kolmogorovSmirnov(a: Float32Array, b: Float32Array): number {
  const [first, second] = [a.toSorted(), b.toSorted()];
  let [i, j, greatest] = [0, 0, 0];
  while (i < first.length && j < second.length) {
    const x = Math.min(first[i] ?? 0, second[j] ?? 0);
    while (i < first.length && first[i] === x) i++;
    while (j < second.length && second[j] === x) j++;
    greatest = Math.max(greatest, Math.abs(i / first.length - j / second.length));
  }
  return greatest;
}
