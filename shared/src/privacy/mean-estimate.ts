interface Estimated {
  readonly mean: number;
  readonly standardError: number;
}

/** The mean of what several rounds told, each with independent noise; undefined where none told. */
export function meanEstimate(rounds: readonly Estimated[]): Estimated | undefined {
  const count = rounds.length;
  if (count === 0) return undefined;
  return {
    mean: rounds.reduce((sum, { mean }) => sum + mean, 0) / count,
    standardError: Math.hypot(...rounds.map(({ standardError }) => standardError)) / count,
  };
}
