/**
 * ln of each bucket's part of a histogram, less the mean of them: what a policy that knows nothing of the user should think.
 * `smoothing` is added to every bucket (a Dirichlet prior: Manning, Raghavan, Schütze 2008, §11.3.2), so that what is rare,
 * what is new and what noise has pushed below zero start alike, not far below.
 */
export function priorLogits(histogram: ArrayLike<number>, smoothing: number, into: Float32Array): void {
  let mean = 0;
  for (let bucket = 0; bucket < into.length; bucket++) {
    const logit = Math.log(Math.max(0, histogram[bucket] ?? 0) + smoothing);
    into[bucket] = logit;
    mean += logit / into.length;
  }
  for (let bucket = 0; bucket < into.length; bucket++) into[bucket] = (into[bucket] ?? 0) - mean;
}
