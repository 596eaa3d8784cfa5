import type { LocalTrainingOptions } from "../learning/local-training.js";
import { trajectories } from "../learning/trajectories.js";
import { ACTIVITIES } from "../metrics/activity.js";
import { engagement, rewards } from "../metrics/engagement.js";
import { gainAt, hitAt, reciprocalRank } from "../metrics/ranking.js";
import { loggedValue } from "../off-policy/logged-value.js";
import type { MetricName } from "../task/metric-name.js";
import { heldOutRank } from "./held-out-rank.js";
import { historyActivity } from "./history-activity.js";
import { receivedSlate } from "./received-slate.js";
import { type ReceivedVersion, slateMeasurements } from "./slate-measurements.js";

export interface MeasuringOptions extends LocalTrainingOptions {
  /** Which one the parameters are. */
  readonly version: ReceivedVersion;
}

/** Before any training; what the task does not ask for, or the history does not tell, is undefined. */
export type ReceivedMeasurements = {
  readonly [Name in Exclude<MetricName, "loss" | "reward">]?: number | undefined;
};

const PLACES = 10;
const HORIZON_DAYS = 7;

/**
 * What the task wants to know of the received model, which has not been fitted to this history yet, and of the history. One
 * slate at each `next()`, so that a host can breathe in between.
 */
export function* measureReceived(options: MeasuringOptions): Generator<undefined, ReceivedMeasurements> {
  const wanted = new Set(options.model.task.privacy.metrics?.map(({ name }) => name));
  const asksFor = (...names: readonly MetricName[]) => names.some((name) => wanted.has(name));
  const ranks = asksFor("hit-rate", "ndcg", "mrr", "hit-rate-cold", "hit-rate-warm", "hit-rate-heavy");
  const ranked = ranks ? rankMeasurements(options) : {};
  const done = asksFor(
    ...(["click-rate", "conversion-rate", "satisfaction", "return-rate"] as const),
    ...(["cumulative-reward", "discounted-reward"] as const),
  );
  const engaged = done ? engagementMeasurements(options) : {};
  const slates = asksFor("diversity", "miscalibration", "exposure", "novelty", "popularity-lift");
  const received = slates ? receivedSlate(options) : undefined;
  const slate = received && slateMeasurements(options, options.version, received);
  const logged = asksFor("ips", "ips-weight") ? yield* loggedValue(options) : undefined;
  return { ...ranked, ...engaged, ...slate, ips: logged?.reward, "ips-weight": logged?.impressions };
}

function rankMeasurements(options: LocalTrainingOptions): ReceivedMeasurements {
  const rank = heldOutRank(options);
  if (rank === undefined) return {};
  const { model, history } = options;
  const activity = historyActivity(model.task, history);
  const hit = hitAt(rank, PLACES);
  const [cold, warm, heavy] = ACTIVITIES.map((one) => (one === activity ? hit : undefined));
  return {
    "hit-rate": hit,
    ndcg: gainAt(rank, PLACES),
    mrr: reciprocalRank(rank),
    "hit-rate-cold": cold,
    "hit-rate-warm": warm,
    "hit-rate-heavy": heavy,
  };
}

function engagementMeasurements({ model, history }: LocalTrainingOptions): ReceivedMeasurements {
  const { task, catalogue } = model;
  const { sessionGapMinutes, discount } = task.reward;
  const said = engagement(history, { sessionGapMinutes, horizonDays: HORIZON_DAYS });
  const transitions = trajectories(task, catalogue, history);
  const earned = transitions.length > 0 ? rewards(transitions, discount) : undefined;
  return {
    "click-rate": said.clickRate,
    "conversion-rate": said.conversionRate,
    satisfaction: said.satisfaction,
    "return-rate": said.returnRate,
    "cumulative-reward": earned?.cumulative,
    "discounted-reward": earned?.discounted,
  };
}
