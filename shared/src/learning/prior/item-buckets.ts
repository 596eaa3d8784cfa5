import type { Catalogue } from "../../catalogue/catalogue.js";
import { hashBucket } from "../../catalogue/hash-bucket.js";

/** The bucket of each row of a catalogue: by id, so that hosts need not agree on an order. */
export const itemBuckets = ({ ids }: Pick<Catalogue, "ids">, buckets: number): Int32Array =>
  Int32Array.from(ids, (id) => hashBucket(id, buckets));
