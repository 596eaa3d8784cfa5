import { ACTIVITIES, type Activity } from "@tacit/shared";
import { escapeHtml } from "../../report/escape-html.js";
import { intervalText } from "../../report/interval-text.js";
import { fullName } from "../../scenario/arm.js";
import { metricLabel } from "../shown-metrics.js";
import type { ArmSummary } from "../summary.js";
import type { Colours } from "./colours.js";
import { swatch } from "./swatch.js";

/**
 * A table for each group that anybody is in, folded away: arms × all that is known by activity. Nothing where everybody is
 * in one group, which the bars and tables of everybody are of.
 */
export function activityTables(arms: readonly ArmSummary[], colours: Colours): string | undefined {
  const tables = ACTIVITIES.flatMap((activity) => activityTable(arms, activity, colours) ?? []);
  return tables.length > 1 ? tables.join("\n") : undefined;
}

function activityTable(
  arms: readonly ArmSummary[],
  activity: Activity,
  colours: Colours,
): string | undefined {
  const ending = ` ${activity}`;
  const people = arms.flatMap(({ metrics }) => metrics[`users${ending}`] ?? []);
  const names = [...new Set(arms.flatMap(({ metrics }) => Object.keys(metrics)))]
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .filter((name) => name !== "users");
  if (names.length === 0) return undefined;
  const head = ["arm", ...names.map(metricLabel)].map((name) => `<th scope="col">${escapeHtml(name)}</th>`);
  const rows = arms.map((arm) => {
    const cells = names.map((name) => `<td>${intervalText(arm.metrics[name + ending], 3)}</td>`);
    const name = fullName(arm);
    return `<tr><th scope="row">${swatch(colours, name)}${escapeHtml(name)}</th>${cells.join("")}</tr>`;
  });
  const many = Math.round(people[0]?.mean ?? 0);
  return `<details><summary>${escapeHtml(activity)} users (${many} a seed)</summary>
<div class="wide"><table><thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div></details>`;
}
