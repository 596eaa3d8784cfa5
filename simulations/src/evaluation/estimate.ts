/** A mean over users with the standard error of that mean. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/** Mean and s/√n of one value for each user. The error of a single value is 0. */
export function estimate(values: ArrayLike<number>): Estimate {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] ?? 0;
  const mean = count > 0 ? sum / count : 0;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += ((values[i] ?? 0) - mean) ** 2;
  const variance = count > 1 ? squares / (count - 1) : 0;
  return { mean, standardError: Math.sqrt(variance / Math.max(1, count)) };
}

/** Of a − b, user by user: what two arms share cancels. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): Estimate {
  return estimate(Array.from(a, (value, i) => value - (b[i] ?? 0)));
}
