import { ACTIVITIES, type Activity } from "@tacit/shared";
import { intervalText } from "../../report/interval-text.js";
import { fullName } from "../../scenario/arm.js";
import { metricLabel } from "../shown-metrics.js";
import type { ArmSummary } from "../summary.js";
import { armTable } from "./arm-table.js";
import { groupSize } from "./group-size.js";
import type { Look } from "./looks.js";

/**
 * A table for each group that anybody is in, folded away: arms × all that is known by activity. Nothing where everybody is
 * in one group, which the bars and tables of everybody are of.
 */
export function activityTables(arms: readonly ArmSummary[], looks: readonly Look[]): string | undefined {
  const tables = ACTIVITIES.flatMap((activity) => activityTable(arms, activity, looks) ?? []);
  return tables.length > 1 ? tables.join("\n") : undefined;
}

function activityTable(
  arms: readonly ArmSummary[],
  activity: Activity,
  looks: readonly Look[],
): string | undefined {
  const ending = ` ${activity}`;
  const names = [...new Set(arms.flatMap(({ metrics }) => Object.keys(metrics)))]
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .filter((name) => name !== "users");
  if (names.length === 0) return undefined;
  const rows = arms.map((arm) => ({
    arm,
    cells: [fullName(arm), ...names.map((name) => intervalText(arm.metrics[name + ending], 3))],
  }));
  const many = groupSize(arms, activity);
  const title = many === undefined ? `${activity} users` : `${activity} users (${many} a seed)`;
  return `<details><summary>${title}</summary>
${armTable(["arm", ...names.map(metricLabel)], rows, looks)}</details>`;
}
