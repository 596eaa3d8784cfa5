/**
 * Mean self-information of a slate, −log₂ of the share of users who know each item, in bits; an item nobody knows counts
 * as known to one. (Zhou et al. 2010, PNAS 107, "Solving the apparent diversity–accuracy dilemma")
 *
 * @param known users who know the item of each row.
 */
export function novelty(known: ArrayLike<number>, users: number, rows: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum -= Math.log2(Math.max(1, known[rows[i] ?? 0] ?? 0) / users);
  return rows.length === 0 ? 0 : sum / rows.length;
}
