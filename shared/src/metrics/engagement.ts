import type { Interaction } from "../learning/interaction.js";
import { opinion } from "../learning/rewards/opinion.js";
import type { Transition } from "../learning/trajectories.js";

const MILLISECONDS_A_DAY = 86_400_000;

/** What one user's history says of how it is served; a rate is undefined where there is nothing to count. */
export interface Engagement {
  /** Clicks an impression, at most 1. */
  readonly clickRate: number | undefined;
  /** Purchases a click, at most 1. */
  readonly conversionRate: number | undefined;
  /** Mean of what ratings, dwells, likes, shares and skips say, from −1 to 1. */
  readonly satisfaction: number | undefined;
  /**
   * Share of sessions after which the user came back within the horizon. A history alone tells it of sessions that lie so far
   * before its end: somebody who has left is not seen to be gone.
   */
  readonly returnRate: number | undefined;
}

interface EngagementOptions {
  readonly sessionGapMinutes: number;
  readonly horizonDays: number;
  /** When the user comes next, where that is known: infinity is never. */
  readonly comesBack?: number;
}

/** Counted over one history. (Lalmas, O'Brien, Yom-Tov 2014, "Measuring User Engagement": click, dwell and loyalty metrics) */
export function engagement(
  history: readonly Interaction[],
  { sessionGapMinutes, horizonDays, comesBack }: EngagementOptions,
): Engagement {
  const count = (kind: Interaction["kind"]) => history.filter((event) => event.kind === kind).length;
  const opinions = history.flatMap((event) => opinion(event) ?? []);
  return {
    clickRate: rate(count("click"), count("impression")),
    conversionRate: rate(count("purchase"), count("click")),
    satisfaction: opinions.length === 0 ? undefined : mean(opinions),
    returnRate: returnRate(history, sessionGapMinutes * 60_000, horizonDays * MILLISECONDS_A_DAY, comesBack),
  };
}

/** Reward of all actions of a history, and the mean over its sessions of Σ γᵏ r. */
export function rewards(
  transitions: readonly Pick<Transition, "reward" | "done" | "following">[],
  discount: number,
): { readonly cumulative: number; readonly discounted: number } {
  let [cumulative, discounted, weight, sessions] = [0, 0, 1, 0];
  for (const { reward, done, following } of transitions) {
    cumulative += reward;
    discounted += weight * reward;
    if (following > 1) continue;
    weight = done ? 1 : weight * discount;
    if (done) sessions++;
  }
  return { cumulative, discounted: discounted / Math.max(1, sessions) };
}

const rate = (count: number, of: number): number | undefined =>
  of === 0 ? undefined : Math.min(1, count / of);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function returnRate(
  history: readonly Interaction[],
  gap: number,
  horizon: number,
  comesBack: number | undefined,
): number | undefined {
  const times = history.map(({ at }) => at).sort((a, b) => a - b);
  const last = times.at(-1) ?? 0;
  let [back, sessions] = [0, 0];
  for (const [i, at] of times.entries()) {
    const next = times[i + 1] ?? comesBack;
    const ends = next === undefined || next - at > gap;
    const isKnown = comesBack !== undefined || at + horizon <= last;
    if (!ends || !isKnown) continue;
    sessions++;
    if (next !== undefined && next - at <= horizon) back++;
  }
  return rate(back, sessions);
}
