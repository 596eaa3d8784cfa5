import * as v from "valibot";
import { whole, within } from "./numbers.js";

/** What is popular, learned as a histogram that clients add up beside their updates. */
export const priorSchema = v.strictObject({
  /** Items share one by their ids' hash where there are more of them. */
  buckets: whole(2, 1_048_576, 4096),
  /** Of the clip: the histogram's length. The update keeps √(1 − share²) of it. */
  share: v.optional(within(0.01, 0.7), 0.3),
});
