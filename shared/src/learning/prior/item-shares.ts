/**
 * The share of all marks that each item of a catalogue has, as the received prior tells it: the softmax of its logarithms over the
 * buckets that the catalogue has items in, each bucket's in equal parts its items'. It estimates the share of what clients found good,
 * every client counted by the root of how much that was (`engagedHistogram`), and drawn towards equal shares by the smoothing.
 * Where the catalogue has more items than there are buckets, items that share one cannot be told apart. Positive; they sum to 1.
 *
 * @param prior of each bucket, up to a constant.
 * @param bucketOf each row of the catalogue.
 */
export function itemShares(prior: Float32Array, bucketOf: Int32Array): Float64Array {
  const items = new Int32Array(prior.length);
  for (const bucket of bucketOf) items[bucket] = (items[bucket] ?? 0) + 1;
  const greatest = prior.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const shares = Float64Array.from(
    bucketOf,
    (bucket) => Math.exp((prior[bucket] ?? 0) - greatest) / (items[bucket] ?? 1),
  );
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
