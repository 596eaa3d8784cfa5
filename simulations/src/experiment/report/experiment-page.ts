import { ACTIVITIES } from "@tacit/shared";
import { TINY } from "../../evaluation/cold-start.js";
import { escapeHtml } from "../../report/escape-html.js";
import type { ExperimentResult } from "../experiment-result.js";
import type { ModelPictures } from "../pictures/model-pictures.js";
import { metricLabel, shownMetrics } from "../shown-metrics.js";
import { activityTables } from "./activity-tables.js";
import { budgetOverTime } from "./budget-over-time.js";
import { curvesCaption, intervalsCaption } from "./captions.js";
import { groupSize } from "./group-size.js";
import { htmlTable } from "./html-table.js";
import { learningCurves } from "./learning-curves.js";
import { legend } from "./legend.js";
import { looksOf } from "./looks.js";
import { metricBars } from "./metric-bars.js";
import { PAGE_STYLE } from "./page-style.js";
import { capital, pageTitle } from "./page-title.js";
import { privacyFrontier } from "./privacy-frontier.js";

/** One page without links to anything outside itself. */
export function experimentPage(result: ExperimentResult, pictures: ModelPictures): string {
  const { arms, trials, seeds, command, program } = result;
  const [primary = ""] = shownMetrics(arms);
  const label = metricLabel(primary);
  const looks = looksOf(arms);
  const intervals = intervalsCaption(result);
  const bars = (...panels: readonly (readonly [axis: string, metrics: Readonly<Record<string, string>>])[]) =>
    metricBars(
      arms,
      panels.map(([axis, metrics]) => ({
        axis,
        metrics: Object.entries(metrics).map(([metric, name]) => ({ metric, label: name })),
      })),
      looks,
    );
  const frontier = privacyFrontier(arms, primary, looks);
  const sized = (name: string, group: string) => {
    const people = groupSize(arms, group);
    return people === undefined ? name : `${name}, n = ${people}`;
  };
  const groups = ACTIVITIES.map(
    (activity) => [`${primary} ${activity}`, sized(`${activity} users`, activity)] as const,
  );
  const sections = [
    section(
      `What each budget leaves of ${label}`,
      frontier,
      `Dots: federations with noise, by the epsilon that their most frequent client spent: ${intervals}. Broken lines: arms without a promise.`,
    ),
    section(
      capital(label),
      frontier === undefined ? bars([label, { [primary]: label }]) : undefined,
      `${capital(intervals)}.`,
    ),
    section(
      "Learning curves",
      learningCurves(trials, arms, primary, looks),
      `${capital(label)}. ${curvesCaption(result)}`,
    ),
    section(
      "Clicks and purchases",
      bars(["CTR: clicks an impression", { ctr: "CTR" }], ["CVR: purchases a click", { cvr: "CVR" }]),
      `Means over people, each axis its own. Here and below: ${intervals}.`,
    ),
    section(
      "Coming back",
      bars(
        ["returns: sessions that another one follows within a week", { returns: "returns" }],
        ["retention: people who are still there in the end", { retention: "retention" }],
        ["satisfaction: mean opinion, from −1 to 1", { satisfaction: "satisfaction" }],
      ),
      "What a policy does to people over time.",
    ),
    section(
      "By how much people have done",
      bars([label, Object.fromEntries(groups)]),
      `${capital(label)} of people with fewer than 5 engagements in their history (cold), up to 49 (warm), and more (heavy); n: how many they are in a seed${seeds.length > 1 ? ", in the mean" : ""}. ${capital(intervals)}.`,
    ),
    section(
      "All that is known by activity",
      activityTables(arms, looks),
      `${seeds.length > 1 ? "Means over seeds ± half a 95 % interval" : "One seed"}, of slates over the clients whose slates are looked at.`,
    ),
    section(
      "Where little is known",
      bars([
        label,
        {
          "hr@10 new user": "new user",
          [`hr@10 of ${TINY} interactions`]: `${TINY} interactions`,
          "hr@10 new item": sized("new item", "new item"),
        },
      ]),
      `${capital(label)} of people without a history, of people who have just begun, and of items that nobody has tried: ${intervals}.`,
    ),
    section(
      "Budget over time",
      budgetOverTime(trials, looks),
      `Epsilon of the client that took part most often, against whoever sees the released models, with seed ${seeds[0] ?? ""}${seeds.length > 1 ? ", the first" : ""}: a line for each private arm${arms.some(({ variation }) => variation !== "") ? " of each task" : ""}, one line for all that spend the same.`,
    ),
    section(
      "Items as the model sees them",
      pictures.items,
      `The two main directions of the item vectors of one model (${pictures.of}).`,
    ),
    section(
      "What attention looks at",
      pictures.attention,
      `Of one client, by the same model: the weight of each earlier event (column) for each later one (row); in several blocks or heads each by itself.`,
    ),
  ];
  const title = escapeHtml(pageTitle(result));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tacit: ${title}</title><style>${PAGE_STYLE}</style></head><body>
<h1>${title}</h1>
<p><code>${escapeHtml(command)}</code> (Tacit ${escapeHtml(program)})</p>
${htmlTable(result, looks)}
${legend(looks)}
${sections.join("\n")}
</body></html>
`;
}

function section(title: string, picture: string | undefined, caption: string): string {
  if (picture === undefined) return "";
  return `<h2>${escapeHtml(title)}</h2>\n<figure>${picture}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}
