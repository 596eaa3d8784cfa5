import * as v from "valibot";
import { INTERACTION_KINDS } from "./interaction-kind.js";
import { positive, real, wholeWithin, within } from "./numbers.js";

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const days = v.optional(within(0, 36_500));

/** What slates keep to, on top of any exploration; nothing of what is left out. */
export const rulesSchema = v.strictObject({
  /** Items that the history has such interactions with are not shown: for so many days, or for ever. */
  seen: v.optional(
    v.strictObject({
      kinds: v.pipe(v.array(v.picklist(INTERACTION_KINDS)), v.minLength(1), v.maxLength(8)),
      days,
    }),
  ),
  /** Item ids that are never shown. */
  blocked: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(512))), v.maxLength(10_000))),
  /** At most so many items of each value of a categorical feature. */
  caps: v.optional(
    v.pipe(v.array(v.strictObject({ feature: name, most: wholeWithin(1, 1000) })), v.maxLength(16)),
  ),
  /** Items unlike those above them come first; `relevance` is what the score's share of that decision is. */
  diversity: v.optional(
    v.strictObject({ kind: v.optional(v.picklist(["mmr", "dpp"]), "mmr"), relevance: real(0.01, 1, 0.7) }),
  ),
  /** By a numeric feature that is a time since 1970, a calendar year, or an age in days. */
  freshness: v.optional(
    v.strictObject({
      feature: name,
      unit: v.picklist(["milliseconds", "seconds", "days", "year", "age-days"]),
      /** Deviations of the scores that what is new is raised by. */
      boost: real(0, 1000, 1),
      halfLifeDays: positive(36_500, 7),
      /** Older items are not shown. */
      maximumAgeDays: days,
    }),
  ),
});

export type Rules = v.InferOutput<typeof rulesSchema>;
/** As an author writes them. */
export type RulesInput = v.InferInput<typeof rulesSchema>;
