import * as v from "valibot";
import { ITEM_ENCODERS } from "./item-encoder.js";
import { layersSchema } from "./layers-spec.js";
import { positive, whole, wholeWithin, within } from "./numbers.js";
import { personalSchema } from "./personal-spec.js";
import { priorSchema } from "./prior-spec.js";
import { STATE_ENCODERS } from "./state-encoder.js";

/** The recommender network. */
export const modelSchema = v.strictObject({
  encoder: v.optional(v.picklist(STATE_ENCODERS), "mean"),
  /** Of each attention block, which share `embedding`; 1 when left out. */
  heads: v.optional(wholeWithin(1, 16)),
  /** Of attention, one on another; 1 when left out. */
  blocks: v.optional(wholeWithin(1, 8)),
  /** `two-tower` when left out. */
  itemEncoder: v.optional(v.picklist(ITEM_ENCODERS)),
  embedding: whole(2, 256, 16),
  historyLength: whole(1, 200, 10),
  hidden: whole(2, 256, 16),
  halfLifeDays: positive(36_500, 30),
  /** The event before k later ones counts (1 + k)^−placeDecay in the mean, beside its age; 0 when left out. */
  placeDecay: v.optional(within(0, 10)),
  /** What is popular, learned privately; none when left out. */
  prior: v.optional(priorSchema),
  /** None when left out. */
  personal: v.optional(personalSchema),
  seed: whole(0, 4_294_967_295, 1),
  /** The author's own network; `embedding` and `hidden` then mean nothing. */
  layers: v.optional(layersSchema),
});
