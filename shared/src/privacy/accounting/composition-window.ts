/** Probability that a composition may leave at either end of its window: it is counted as an infinite loss. */
const OUTSIDE = 1e-16;
/** Exponents that are tried, in octaves around the one that suits a normal distribution. */
const OCTAVES = 5;

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
  const widest = compositions * (masses.length - 1);
  let [mean, square] = [0, 0];
  for (let i = 0; i < masses.length; i++) {
    mean += (masses[i] ?? 0) * i;
    square += (masses[i] ?? 0) * i * i;
  }
  const deviation = Math.sqrt(Math.max(1, (square - mean * mean) * compositions));
  const normal = Math.sqrt(-2 * Math.log(OUTSIDE)) / deviation;
  let [first, last] = [0, widest];
  for (let octave = -OCTAVES; octave <= OCTAVES; octave++) {
    const t = normal * 2 ** octave;
    last = Math.min(last, Math.ceil(reach(masses, compositions, t)));
    first = Math.max(first, Math.floor(-reach(masses, compositions, -t)));
  }
  return { first, count: Math.max(1, last - first + 1), outside: 2 * OUTSIDE };
}

/** The u beyond which Chernoff's bound at t leaves no more than {@link OUTSIDE}; for a negative t, of the negated sum. */
function reach(masses: Float64Array, compositions: number, t: number): number {
  const from = t > 0 ? masses.length - 1 : 0;
  let moment = 0;
  for (let i = 0; i < masses.length; i++) moment += (masses[i] ?? 0) * Math.exp(t * (i - from));
  const logMoment = Math.log(moment) + t * from;
  return (compositions * logMoment - Math.log(OUTSIDE)) / Math.abs(t);
}
