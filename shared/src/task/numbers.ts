import * as v from "valibot";

/** Never NaN, never infinite. */
export const finite = v.pipe(v.number(), v.finite());

/** A whole number that is exact. */
export const wholeWithin = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum));

export const within = (minimum: number, maximum: number) =>
  v.pipe(finite, v.minValue(minimum), v.maxValue(maximum));

/** Above 0. */
export const positiveUpTo = (maximum: number) => v.pipe(finite, v.gtValue(0), v.maxValue(maximum));

/** At least 0 and below `end`. */
export const below = (end: number) => v.pipe(finite, v.minValue(0), v.ltValue(end));

/** {@link wholeWithin} for a field that may be left out. */
export const whole = (minimum: number, maximum: number, fallback: number) =>
  v.optional(wholeWithin(minimum, maximum), fallback);

/** {@link within} for a field that may be left out. */
export const real = (minimum: number, maximum: number, fallback: number) =>
  v.optional(within(minimum, maximum), fallback);

/** {@link positiveUpTo} for a field that may be left out. */
export const positive = (maximum: number, fallback: number) => v.optional(positiveUpTo(maximum), fallback);
