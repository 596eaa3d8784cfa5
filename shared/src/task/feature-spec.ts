import * as v from "valibot";
import { finite, wholeWithin } from "./numbers.js";

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const MOST_COLUMNS = 4096;

/** One named modality, and how it becomes columns. */
const featureSpecSchema = v.variant("kind", [
  v.strictObject({
    name,
    kind: v.literal("numeric"),
    minimum: finite,
    maximum: finite,
    scale: v.optional(v.picklist(["linear", "log"]), "linear"),
  }),
  v.strictObject({
    name,
    kind: v.literal("categorical"),
    values: v.pipe(v.array(v.string()), v.maxLength(MOST_COLUMNS)),
    /** Hash buckets that values outside the list fall into; 0 ignores them. */
    buckets: v.optional(wholeWithin(0, MOST_COLUMNS), 0),
  }),
  v.strictObject({ name, kind: v.literal("text"), buckets: wholeWithin(1, MOST_COLUMNS) }),
  v.strictObject({
    name,
    kind: v.literal("id"),
    buckets: wholeWithin(1, MOST_COLUMNS),
    hashes: v.optional(wholeWithin(1, 4), 2),
  }),
  v.strictObject({ name, kind: v.literal("vector"), length: wholeWithin(1, MOST_COLUMNS) }),
]);

export const featureSpecsSchema = v.pipe(v.array(featureSpecSchema), v.minLength(1), v.maxLength(256));

/** numeric: [minimum, maximum], on a linear or log(1 + x) scale · categorical: one-hot or multi-hot · text: hashed n-grams · id: the item's own id, hashed · vector: passed through. */
export type FeatureSpec = v.InferOutput<typeof featureSpecSchema>;
