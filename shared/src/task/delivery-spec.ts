import * as v from "valibot";

export const ENCODINGS = ["float32", "float16", "int8"] as const;

/** How model versions come to clients. */
export const deliverySchema = v.strictObject({
  /** What every version is rounded to before it is committed: everybody has, and trains from, the very same numbers. */
  encoding: v.optional(v.picklist(ENCODINGS), "float32"),
  /** Clients that hold an earlier version ask for the difference alone. */
  deltas: v.optional(v.boolean(), false),
});

export type Encoding = (typeof ENCODINGS)[number];
export type DeliverySpec = v.InferOutput<typeof deliverySchema>;
