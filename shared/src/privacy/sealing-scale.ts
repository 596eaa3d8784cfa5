export interface ScaleQuestion {
  /** Standard deviation of one client's share of noise. */
  readonly localDeviation: number;
  readonly clip: number;
  readonly bits: number;
  /** Clients in the largest cohort. */
  readonly clients: number;
  readonly dimension: number;
  /** Standard deviations of a coordinate of the sum that fit into the modulus. */
  readonly k?: number | undefined;
}

/** √2·erfcinv(1e-4): a coordinate of the rotated sum passes the modulus with a probability of 1e-4. */
const DEVIATIONS = 3.8905918864131204;

/**
 * The finest grid, in integers a unit, on which the sum of a cohort's rotated updates, their rounding and their noise fit
 * into 2^bits; undefined where the rounding alone does not (Kairouz, Liu, Steinke 2021, arXiv 2102.06387, §4.2).
 */
export function sealingScale(question: ScaleQuestion): number | undefined {
  const { localDeviation, clip, bits, clients, dimension, k = DEVIATIONS } = question;
  const room = 2 ** (2 * bits) - clients * k * k;
  if (room <= 0) return undefined;
  const deviation = Math.sqrt((clip * clients) ** 2 / dimension + clients * localDeviation ** 2);
  return Math.sqrt(room) / (2 * k * deviation);
}
