/** How active a user is. */
export const ACTIVITIES = ["cold", "warm", "heavy"] as const;
export type Activity = (typeof ACTIVITIES)[number];

const WARM = 5;
const HEAVY = 50;

/** Cold with fewer than 5 engagements, heavy from 50 on. */
export function activityOf(engagements: number): Activity {
  if (engagements < WARM) return "cold";
  return engagements < HEAVY ? "warm" : "heavy";
}
