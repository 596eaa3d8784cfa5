/**
 * ln of each bucket's share of a histogram, less the mean of them: what a policy that knows nothing of the user should think.
 * Counts below `floor`, which noise may have brought about, count as it: what is rare and what is new start alike.
 */
export function priorLogits(histogram: ArrayLike<number>, floor: number, into: Float32Array): void {
  let mean = 0;
  for (let bucket = 0; bucket < into.length; bucket++) {
    const logit = Math.log(Math.max(histogram[bucket] ?? 0, floor));
    into[bucket] = logit;
    mean += logit / into.length;
  }
  for (let bucket = 0; bucket < into.length; bucket++) into[bucket] = (into[bucket] ?? 0) - mean;
}
