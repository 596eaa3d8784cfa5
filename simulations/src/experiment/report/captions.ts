import { FINAL_DRAWS } from "../../virtual/run/final-ranking.js";
import { HIT_RATE_USERS } from "../../virtual/run/hit-rate.js";
import type { ExperimentResult } from "../experiment-result.js";

/** What the bars and dots of a result are. */
export const intervalsCaption = ({ seeds }: Pick<ExperimentResult, "seeds">): string =>
  seeds.length > 1
    ? `means over ${seeds.length} seeds; thin lines are 95 % intervals`
    : "one seed, without an interval";

/** Of whom the curves of a result are, and of whom its levels: histories are looked at in passing, lives are played again. */
export function curvesCaption(result: ExperimentResult): string {
  const { seeds, trials, population, users } = result;
  const over =
    seeds.length > 1 ? `mean over ${seeds.length} seeds, in a band of 95 %` : "one seed, without a band";
  const hasLevels = trials.some(({ course, users: judged }) => course.length === 0 && judged > 0);
  if (population.kind === "live") {
    return [
      `The curves are the judged people under some of the model versions: ${over}.`,
      ...(population.generations > 1
        ? [
            "Each version is played for the visits that are still to come, of which no version has learned; the table is over all of them, so that curves need not end there.",
          ]
        : []),
      ...(hasLevels ? ["The levels (broken lines) are the other arms."] : []),
    ].join(" ");
  }
  const judged = `all users that are judged (${users} at most, ${FINAL_DRAWS} draws)`;
  return [
    `The curves are a sample of users after some of the rounds (${HIT_RATE_USERS} at most, one draw of the 99 others): ${over}.`,
    hasLevels
      ? `The levels (broken lines) are the other arms over ${judged}, as in the table: curves need not end there.`
      : `The table is over ${judged}: curves need not end there.`,
  ].join(" ");
}
