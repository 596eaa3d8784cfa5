/** Spearman's rank correlation of two lists of numbers without ties (1904); 1 for a list that has no order. */
export function rankAgreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const count = a.length;
  if (count < 2) return 1;
  const [first, second] = [ranks(a), ranks(b)];
  const squares = first.reduce((sum, rank, i) => sum + (rank - (second[i] ?? 0)) ** 2, 0);
  return 1 - (6 * squares) / (count * (count * count - 1));
}

function ranks(values: ArrayLike<number>): number[] {
  const order = Array.from(values, (_, place) => place).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const ranked = new Array<number>(order.length).fill(0);
  for (const [rank, place] of order.entries()) ranked[place] = rank;
  return ranked;
}
