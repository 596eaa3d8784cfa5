/** Probability that a composition may leave at either end of its window: it is counted as an infinite loss. */
const OUTSIDE = 1e-18;
/** Octaves that the best exponent may lie from the one that suits a normal distribution: far, for rare great losses. */
const OCTAVES = 40;

export interface CompositionWindow {
  /** Index of the first point. */
  readonly first: number;
  readonly count: number;
  /** Bounds the probability of the points left out. */
  readonly outside: number;
}

/**
 * The indices between which a sum of `compositions` independent indices with these masses falls, by Chernoff's bound:
 * P[S ≥ u] ≤ E[e^(tX)]^T·e^(−tu) for every t > 0 (Koskela et al. 2020, arXiv 2006.07134, §5).
 */
export function compositionWindow(masses: Float64Array, compositions: number): CompositionWindow {
  if (compositions === 1) return { first: 0, count: masses.length, outside: 0 };
  const widest = compositions * (masses.length - 1);
  let [whole, mean, square] = [0, 0, 0];
  for (let i = 0; i < masses.length; i++) {
    whole += masses[i] ?? 0;
    mean += (masses[i] ?? 0) * i;
    square += (masses[i] ?? 0) * i * i;
  }
  mean /= whole;
  const deviation = Math.sqrt(Math.max(1e-9, square / whole - mean * mean) * compositions);
  const normal = Math.sqrt(-2 * Math.log(OUTSIDE)) / deviation;
  const reach = (side: 1 | -1) => least((t) => reachAt(masses, mean, compositions, side * t), normal);
  const last = Math.min(widest, Math.ceil(compositions * mean + reach(1)));
  const first = Math.max(0, Math.floor(compositions * mean - reach(-1)));
  return { first, count: Math.max(1, last - first + 1), outside: 2 * OUTSIDE };
}

/** How far from the mean Chernoff's bound at t leaves no more than {@link OUTSIDE}; for a negative t, below it. */
function reachAt(masses: Float64Array, mean: number, compositions: number, t: number): number {
  // From the outermost mass, so that no exponent is so great or so small that all underflows.
  const from = t > 0 ? masses.findLastIndex((mass) => mass > 0) : masses.findIndex((mass) => mass > 0);
  let moment = 0;
  for (let i = 0; i < masses.length; i++) moment += (masses[i] ?? 0) * Math.exp(t * (i - from));
  const excess = Math.max(0, Math.log(moment) + t * (from - mean));
  return (compositions * excess - Math.log(OUTSIDE)) / Math.abs(t);
}

/** The bound has one minimum in t: downhill from the start, by octaves and then by quarters of one. */
function least(bound: (t: number) => number, start: number): number {
  let [at, value] = [start, bound(start)];
  for (const factor of [2, 0.5, 2 ** 0.25, 2 ** -0.25]) {
    for (let step = 0; step < OCTAVES; step++) {
      const next = bound(at * factor);
      if (!(next < value)) break;
      [at, value] = [at * factor, next];
    }
  }
  return value;
}
