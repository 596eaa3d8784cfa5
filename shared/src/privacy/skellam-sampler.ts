import { combinedSampler } from "./combined-sampler.js";
import type { IntegerSampler } from "./integer-sampler.js";
import { skellamWeights } from "./integer-weights.js";
import { rationalOf } from "./rational.js";
import { tableSampler } from "./table-sampler.js";

const LARGEST_TABLE_VARIANCE = 4096 ** 2;
const LEAST_VARIANCE = 0.01;
const GREATEST_VARIANCE = 16 * LARGEST_TABLE_VARIANCE;

/**
 * The symmetric Skellam in bulk, 0.01 ≤ variance ≤ 2^28: by its table, or for a large variance as the sum of up to 16
 * Skellams of an equal share of it, exactly.
 *
 * @throws RangeError for another variance.
 */
export function skellamSampler(variance: number): IntegerSampler {
  if (!(variance >= LEAST_VARIANCE && variance <= GREATEST_VARIANCE)) {
    throw new RangeError(`${variance} is not a variance between ${LEAST_VARIANCE} and ${GREATEST_VARIANCE}`);
  }
  const { numerator, denominator } = rationalOf(variance);
  const parts = Math.ceil(variance / LARGEST_TABLE_VARIANCE);
  const sampler = tableSampler(skellamWeights({ numerator, denominator: denominator * BigInt(parts) }));
  if (parts === 1) return sampler;
  return combinedSampler(Array.from({ length: parts }, () => ({ factor: 1, sampler })));
}
