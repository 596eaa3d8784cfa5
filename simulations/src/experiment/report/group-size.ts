import type { ArmSummary } from "../summary.js";

/** How many people of a seed are in a group, in the mean: the same for every arm. Undefined where nobody counted. */
export function groupSize(arms: readonly ArmSummary[], group: string): string | undefined {
  const [people] = arms.flatMap(({ metrics }) => metrics[`users ${group}`] ?? []);
  return people && String(Number(people.mean.toFixed(people.mean < SMALL ? 1 : 0)));
}

/** Of fewer, a rounded number would say too much or too little. */
const SMALL = 10;
