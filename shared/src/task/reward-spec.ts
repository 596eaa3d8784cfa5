import * as v from "valibot";
import type { InteractionKind } from "./interaction-kind.js";
import { finite, positive, real, within } from "./numbers.js";

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

const notNegative = within(0, 1000);
const term = v.optional(v.strictObject({ weight: notNegative }));

const exponential = v.strictObject({
  kind: v.literal("exponential"),
  /** τ: no interaction earns more, or less than its negative. */
  scale: positive(1_000_000, 2),
});

const signed = v.strictObject({
  kind: v.literal("signed"),
  /** w⁻, beside `weights`, which are w⁺. */
  negativeWeights: v.optional(
    v.strictObject({
      rating: v.exactOptional(notNegative),
      dwell: v.exactOptional(notNegative),
      skip: v.exactOptional(notNegative),
    }),
    { rating: 1, dwell: 1, skip: 0.1 },
  ),
  /** λ */
  lossAversion: real(0, 1000, 2.25),
  /** Dwells that end before speak against their item; shorter than the minute of a full one. */
  shortDwellSeconds: positive(59, 10),
});

/** What interactions are worth. */
export const rewardSchema = v.strictObject({
  /** What one interaction earns by itself; `linear` when left out. */
  model: v.optional(v.variant("kind", [v.strictObject({ kind: v.literal("linear") }), exponential, signed])),
  weights: v.optional(rewardWeights, {
    click: 1,
    purchase: 5,
    rating: 1,
    like: 1,
    share: 2,
    skip: -0.1,
  }),
  /** What a session earns where another follows within so many days; nothing when left out. */
  returns: v.optional(v.strictObject({ weight: notNegative, horizonDays: positive(36_500, 7) })),
  /** What a session earns × its mean opinion, from −1 to 1; nothing when left out. */
  satisfaction: term,
  /** What an engagement earns × how unlike the events of its state it is; nothing when left out. */
  diversity: term,
  discount: real(0, 1, 0.9),
  sessionGapMinutes: positive(10_000_000, 720),
});

export type ExponentialReward = v.InferOutput<typeof exponential>;
export type SignedReward = v.InferOutput<typeof signed>;
