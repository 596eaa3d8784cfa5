import type { SealingPlan } from "@tacit/shared";

/** Ways in which a build may be broken without anybody noticing: an audit must. */
export const SABOTAGES = ["none", "halve-noise", "skip-clip"] as const;
export type Sabotage = (typeof SABOTAGES)[number];

/** The plan that a broken build would follow, while it goes on claiming what the whole one is worth. */
export function sabotage(plan: SealingPlan, how: Sabotage): SealingPlan {
  switch (how) {
    case "none":
      return plan;
    case "halve-noise":
      return { ...plan, shareDeviation: plan.shareDeviation / 2 };
    case "skip-clip":
      return { ...plan, clip: Number.POSITIVE_INFINITY, integerNorm: Number.POSITIVE_INFINITY };
  }
}
