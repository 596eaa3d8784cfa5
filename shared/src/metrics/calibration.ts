/** How much of the history's own mix the slate's is given, so that a category it lacks costs no infinity. */
const SMOOTHING = 0.01;

/**
 * Kullback–Leibler divergence of a slate's mix of categories from the history's, in nats: 0 where the slate has as much
 * of each as its user takes. (Steck 2018, RecSys, "Calibrated recommendations", §3)
 *
 * @param history weights of the categories in the history, not negative; undefined is returned where all are 0.
 * @param slate the same of the slate.
 */
export function miscalibration(history: ArrayLike<number>, slate: ArrayLike<number>): number | undefined {
  const [p, q] = [parts(history), parts(slate)];
  if (!p) return undefined;
  let divergence = 0;
  for (let category = 0; category < p.length; category++) {
    const wanted = p[category] ?? 0;
    if (wanted === 0) continue;
    const given = (1 - SMOOTHING) * (q?.[category] ?? 0) + SMOOTHING * wanted;
    divergence += wanted * Math.log(wanted / given);
  }
  return divergence;
}

function parts(weights: ArrayLike<number>): Float64Array | undefined {
  const all = Float64Array.from(weights);
  const sum = all.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? all.map((weight) => weight / sum) : undefined;
}
