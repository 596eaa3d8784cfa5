import type { NetworkInputs } from "./engine.js";
import type { NetworkShape } from "./network-shape.js";

/**
 * B × L: how much each event counts in the mean, halving with every half-life since the newest event; each row sums to
 * 1, or to 0 where there is no event.
 */
export function recencyWeights(
  { historyLength, halfLifeDays }: NetworkShape,
  inputs: NetworkInputs,
): Float32Array {
  const weights = new Float32Array(inputs.rows * historyLength);
  for (let row = 0; row < inputs.rows; row++) {
    const cells = [row * historyLength, (row + 1) * historyLength] as const;
    const ages = inputs.ages.subarray(...cells);
    const mask = inputs.mask.subarray(...cells);
    const newest = ages.reduce(
      (least, age, i) => (mask[i] ? Math.min(least, age) : least),
      Number.POSITIVE_INFINITY,
    );
    const raw = Float64Array.from(ages, (age, i) => (mask[i] ? 2 ** (-(age - newest) / halfLifeDays) : 0));
    const sum = raw.reduce((a, b) => a + b, 0);
    if (sum > 0)
      weights.set(
        raw.map((weight) => weight / sum),
        cells[0],
      );
  }
  return weights;
}
