/**
 * Mean self-information of a slate, −log₂ of each item's share, in bits: of the users who know it (Zhou et al. 2010, PNAS 107,
 * "Solving the apparent diversity–accuracy dilemma"), or of all that is taken (expected free discovery: Vargas & Castells
 * 2011, RecSys, "Rank and relevance in novelty and diversity metrics").
 *
 * @param shares of the item of each row, above 0.
 */
export function novelty(shares: ArrayLike<number>, rows: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum -= Math.log2(shares[rows[i] ?? 0] ?? 0);
  return rows.length === 0 ? 0 : sum / rows.length;
}
