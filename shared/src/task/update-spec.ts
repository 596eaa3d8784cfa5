import * as v from "valibot";
import { wholeWithin, within } from "./numbers.js";

/** Another subspace for each version, so that in time every parameter is trained; false: one for the task's whole life. */
const redraw = v.optional(v.boolean(), true);

/** What an update may change, and so how long it is (docs/learning/compression.md). */
export const updateSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("full") }),
  /** `share` of the trained parameters, drawn at random. */
  v.strictObject({ kind: v.literal("random-mask"), share: within(0.001, 1), redraw }),
  /** Each matrix by one of this rank, of which one factor is drawn at random and the other is trained. */
  v.strictObject({ kind: v.literal("low-rank"), rank: wholeWithin(1, 256), redraw }),
]);
