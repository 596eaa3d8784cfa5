import type { BanditLog, EvaluationRefusal } from "../log/bandit-log.js";
import { type EvaluatedPolicy, fixedPolicy } from "./evaluated-policy.js";

/** What another log shows: at each place every item as often as it was shown there. */
export function empiricalPolicy(
  { items, places, positions }: BanditLog,
  shown: BanditLog,
): { readonly ok: true; readonly policy: EvaluatedPolicy } | EvaluationRefusal {
  const distributions = Array.from(
    { length: Math.max(places, shown.places) },
    () => new Float64Array(items.length),
  );
  const rounds = new Float64Array(distributions.length);
  for (const [round, action] of shown.actions.entries()) {
    const place = shown.positions[round] ?? 0;
    const distribution = distributions[place];
    if (distribution) distribution[action] = (distribution[action] ?? 0) + 1;
    rounds[place] = (rounds[place] ?? 0) + 1;
  }
  const missing = positions.find((place) => rounds[place] === 0);
  if (missing !== undefined) {
    const message = `the policy's log shows nothing at place ${missing + 1} of a slate, where the evaluated log does`;
    return { ok: false, reason: "no-distribution", message };
  }
  for (const [place, distribution] of distributions.entries()) {
    for (const [action, count] of distribution.entries()) distribution[action] = count / (rounds[place] ?? 1);
  }
  const description = `what ${shown.actions.length} impressions of another log show`;
  return { ok: true, policy: fixedPolicy(positions, distributions, description) };
}
