/**
 * ln π(a|s) of a state's row of logits, that of the action first, each of the others standing for `itemsPerNegative` items:
 * what the network's own sampled softmax makes of them.
 */
export function sampledLogPolicy(
  logits: ArrayLike<number>,
  row: number,
  each: number,
  itemsPerNegative: number,
): number {
  const [first, correction] = [row * each, Math.log(itemsPerNegative)];
  const corrected = (c: number) => (logits[c] ?? 0) + (c === first ? 0 : correction);
  let top = corrected(first);
  for (let c = first; c < first + each; c++) top = Math.max(top, corrected(c));
  let sum = 0;
  for (let c = first; c < first + each; c++) sum += Math.exp(corrected(c) - top);
  return corrected(first) - top - Math.log(sum);
}
