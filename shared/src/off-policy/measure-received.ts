import { heldOutHit } from "../learning/held-out-hit.js";
import type { LocalTrainingOptions } from "../learning/local-training.js";
import type { MetricName } from "../task/metric-name.js";
import { loggedValue } from "./logged-value.js";

/** Of the received model; what the task does not ask for, or the history does not tell, is undefined. */
export type ReceivedMeasurements = {
  readonly [Name in Exclude<MetricName, "loss" | "reward">]: number | undefined;
};

/**
 * What the task wants to know of the model that was received, before any training: it has not been fitted to this history yet.
 * One slate at each `next()`, so that a host can breathe in between.
 */
export function* measureReceived(options: LocalTrainingOptions): Generator<undefined, ReceivedMeasurements> {
  const wanted = new Set(options.model.task.privacy.metrics?.map(({ name }) => name));
  const hitRate = wanted.has("hit-rate") ? heldOutHit(options) : undefined;
  const asksForValue = wanted.has("ips") || wanted.has("ips-weight");
  const logged = asksForValue ? yield* loggedValue(options) : undefined;
  return { "hit-rate": hitRate, ips: logged?.reward, "ips-weight": logged?.impressions };
}
