/** What an auditor did: guessed for some of the canaries whether each was in the training, and how often rightly. */
export interface Guesses {
  readonly canaries: number;
  readonly guesses: number;
  readonly correct: number;
}

/**
 * The greatest epsilon that is refuted at this significance: an (epsilon, delta)-private training would let so many
 * guesses be right with a smaller probability (Steinke, Nasr, Jagielski 2023, arXiv 2305.08846, Theorem 5.2).
 */
export function oneRunEpsilon(guesses: Guesses, delta: number, significance = 0.05): number {
  const refuted = (epsilon: number) => pValue(guesses, epsilon, delta) < significance;
  if (!refuted(0)) return 0;
  let high = 1;
  while (refuted(high)) high *= 2;
  let low = 0;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (refuted(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The greatest probability that (epsilon, delta)-privacy leaves to at least so many right guesses. */
function pValue({ canaries, guesses, correct }: Guesses, epsilon: number, delta: number): number {
  const chances = binomial(guesses, 1 / (1 + Math.exp(-epsilon)));
  let pure = 0;
  for (let right = guesses; right >= correct; right--) pure += chances[right] ?? 0;
  let [steepest, sum] = [0, 0];
  for (let i = 1; i <= correct; i++) {
    sum += chances[correct - i] ?? 0;
    steepest = Math.max(steepest, sum / i);
  }
  return Math.min(1, pure + 2 * canaries * delta * steepest);
}

/** Probabilities of 0 … n successes. */
function binomial(n: number, p: number): Float64Array {
  const chances = new Float64Array(n + 1);
  let logBinomial = 0;
  for (let k = 0; k <= n; k++) {
    const [hits, misses] = [k === 0 ? 0 : k * Math.log(p), k === n ? 0 : (n - k) * Math.log1p(-p)];
    chances[k] = Math.exp(logBinomial + hits + misses);
    logBinomial += Math.log((n - k) / (k + 1));
  }
  return chances;
}
