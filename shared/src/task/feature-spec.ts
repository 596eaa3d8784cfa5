import * as z from "zod/mini";

const name = z.string().check(z.minLength(1), z.maxLength(64));
const buckets = z.int().check(z.minimum(0), z.maximum(4096));

/** One named modality of an item, and how it becomes columns. */
export const featureSpecSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    name,
    kind: z.literal("numeric"),
    minimum: z.number(),
    maximum: z.number(),
    scale: z._default(z.enum(["linear", "log"]), "linear"),
  }),
  z.strictObject({
    name,
    kind: z.literal("categorical"),
    values: z.array(z.string()).check(z.maxLength(4096)),
    /** Hash buckets that values outside the list fall into; 0 ignores them. */
    buckets: z._default(buckets, 0),
  }),
  z.strictObject({ name, kind: z.literal("text"), buckets: buckets.check(z.minimum(1)) }),
  z.strictObject({ name, kind: z.literal("vector"), length: z.int().check(z.minimum(1), z.maximum(4096)) }),
]);

/** numeric: [minimum, maximum], on a linear or log(1 + x) scale · categorical: one-hot or multi-hot · text: hashed n-grams · vector: passed through. */
export type FeatureSpec = z.infer<typeof featureSpecSchema>;
