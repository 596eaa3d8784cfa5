import type { Catalogue } from "../../catalogue/catalogue.js";
import { hashBucket } from "../../catalogue/hash-bucket.js";
import { BUCKETS_AN_ITEM } from "../../network/item-prior.js";

const HASHES = Array.from({ length: BUCKETS_AN_ITEM }, (_, hash) => hash);

/** {@link BUCKETS_AN_ITEM} buckets of each row of a catalogue: by id, so that hosts need not agree on an order. */
export const itemBuckets = ({ ids }: Pick<Catalogue, "ids">, buckets: number): Int32Array =>
  Int32Array.from(ids.flatMap((id) => HASHES.map((hash) => hashBucket(`${hash}#${id}`, buckets))));

/** Those of one row. */
export const bucketsOf = (buckets: Int32Array, row: number): Int32Array =>
  buckets.subarray(row * BUCKETS_AN_ITEM, (row + 1) * BUCKETS_AN_ITEM);
