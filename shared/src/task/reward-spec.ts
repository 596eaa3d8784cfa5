import * as v from "valibot";
import type { InteractionKind } from "./interaction-kind.js";
import { finite, positive, real } from "./numbers.js";

const weight = v.exactOptional(finite);
/** Not a record, which would pass over keys like `__proto__`. */
const rewardWeights = v.strictObject({
  impression: weight,
  click: weight,
  purchase: weight,
  rating: weight,
  dwell: weight,
  like: weight,
  share: weight,
  skip: weight,
} satisfies Record<InteractionKind, typeof weight>);

/** What interactions are worth. */
export const rewardSchema = v.strictObject({
  weights: v.optional(rewardWeights, {
    click: 1,
    purchase: 5,
    rating: 1,
    like: 1,
    share: 2,
    skip: -0.1,
  }),
  discount: real(0, 1, 0.9),
  sessionGapMinutes: positive(10_000_000, 720),
});
