import { BUCKETS_AN_ITEM } from "../../network/item-prior.js";
import { bucketsOf } from "./item-buckets.js";

/**
 * The share of all marks that each item of a catalogue has, as the received prior tells it: the softmax over items of the least
 * logarithm among each one's buckets. It estimates the share of what clients found good, every client counted by the root of how much
 * that was (`engagedHistogram`), and drawn towards equal shares by the smoothing. Positive; they sum to 1.
 *
 * @param prior of each bucket, up to a constant.
 * @param buckets of each row of the catalogue.
 */
export function itemShares(prior: Float32Array, buckets: Int32Array): Float64Array {
  const least = Float64Array.from({ length: buckets.length / BUCKETS_AN_ITEM }, (_, row) =>
    bucketsOf(buckets, row).reduce(
      (least, bucket) => Math.min(least, prior[bucket] ?? 0),
      Number.POSITIVE_INFINITY,
    ),
  );
  const greatest = least.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const shares = least.map((logit) => Math.exp(logit - greatest));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
