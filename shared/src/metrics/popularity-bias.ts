/**
 * How much more popular a slate is than what its user takes by itself: (mean popularity of the slate − of the history) /
 * of the history; 0 is no bias, undefined where the history has none. (Abdollahpouri et al. 2019, arXiv 1907.13286, §4)
 */
export function popularityLift(
  popularity: ArrayLike<number>,
  slate: ArrayLike<number>,
  history: ArrayLike<number>,
): number | undefined {
  const own = meanOf(popularity, history);
  return own > 0 ? (meanOf(popularity, slate) - own) / own : undefined;
}

function meanOf(popularity: ArrayLike<number>, rows: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += popularity[rows[i] ?? 0] ?? 0;
  return rows.length === 0 ? 0 : sum / rows.length;
}
