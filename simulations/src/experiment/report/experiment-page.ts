import { ACTIVITIES } from "@tacit/shared";
import { TINY } from "../../evaluation/cold-start.js";
import { escapeHtml } from "../../report/escape-html.js";
import { fullName } from "../../scenario/arm.js";
import type { ExperimentResult } from "../experiment-result.js";
import type { ModelPictures } from "../pictures/model-pictures.js";
import { metricLabel, shownMetrics } from "../shown-metrics.js";
import { activityTables } from "./activity-tables.js";
import { budgetOverTime } from "./budget-over-time.js";
import { coloursOf } from "./colours.js";
import { htmlTable } from "./html-table.js";
import { learningCurves } from "./learning-curves.js";
import { metricBars } from "./metric-bars.js";
import { privacyFrontier } from "./privacy-frontier.js";

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
code { background: #f4f6f8; padding: .15rem .35rem; font-size: 13px; overflow-wrap: anywhere }
.wide { overflow-x: auto } table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .45rem; text-align: left; white-space: nowrap; border-bottom: 1px solid #e3e8ee }
thead th { color: #5b6775; font-weight: 600; white-space: normal; vertical-align: bottom } tbody th { font-weight: 500 }
.swatch { display: inline-block; width: .7em; height: .7em; margin-right: .5em; border-radius: 2px }
.notes { color: #5b6775; font-size: 14px }
figure { margin: 1rem 0 2.5rem } figcaption { color: #5b6775; font-size: 14px; max-width: 52rem; margin-top: .4rem }
figure figure { margin: 0 } svg { max-width: 100%; height: auto }
.panels { display: flex; flex-wrap: wrap } .legend { font-size: 13px; margin: .8rem 0 } .legend > span { margin-right: 1em; white-space: nowrap } h2 { margin: 2.5rem 0 0; font-size: 1.25rem }`;

/** One page without links to anything outside itself. */
export function experimentPage(result: ExperimentResult, pictures: ModelPictures): string {
  const { arms, trials, command, program, population } = result;
  const [primary = ""] = shownMetrics(arms);
  const label = metricLabel(primary);
  const colours = coloursOf(arms.map(fullName));
  const bars = (...panels: readonly (readonly [axis: string, metrics: Readonly<Record<string, string>>])[]) =>
    metricBars(
      arms,
      panels.map(([axis, metrics]) => ({
        axis,
        metrics: Object.entries(metrics).map(([metric, name]) => ({ metric, label: name })),
      })),
      colours,
    );
  const frontier = privacyFrontier(arms, primary, colours);
  const sections = [
    section(
      `What each budget leaves of ${label}`,
      frontier,
      "Dots: federations with noise, by the epsilon that their most frequent client spent; bars are 95 % intervals over seeds. Broken lines: arms without a promise.",
    ),
    section(
      capital(label),
      frontier === undefined ? bars([label, { [primary]: label }]) : undefined,
      "Means over seeds; bars are 95 % intervals.",
    ),
    section(
      "Learning curves",
      learningCurves(trials, arms, primary, colours),
      `${capital(label)} of a sample of clients under some of the model versions: mean over seeds, band of 95 %. Broken lines: what arms came to that have no versions.`,
    ),
    section(
      "Clicks and purchases",
      bars(["CTR: clicks an impression", { ctr: "CTR" }], ["CVR: purchases a click", { cvr: "CVR" }]),
      "Means over people, each axis its own; bars are 95 % intervals over seeds, here and below.",
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
      bars([
        label,
        Object.fromEntries(ACTIVITIES.map((activity) => [`${primary} ${activity}`, `${activity} users`])),
      ]),
      `${capital(label)} of people with fewer than 5 engagements in their history (cold), up to 49 (warm), and more (heavy).`,
    ),
    section(
      "All that is known by activity",
      activityTables(arms, colours),
      "Means over seeds ± half a 95 % interval, of slates over the clients whose slates are looked at.",
    ),
    section(
      "Where little is known",
      bars([
        label,
        {
          "hr@10 new user": "new user",
          [`hr@10 of ${TINY} interactions`]: `${TINY} interactions`,
          "hr@10 new item": "new item",
        },
      ]),
      `${capital(label)} of people without a history, of people who have just begun, and of items that nobody has tried.`,
    ),
    section(
      "Budget over time",
      budgetOverTime(trials, colours),
      "Epsilon of the client that took part most often, against whoever sees the released models.",
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
  const about = population.kind === "live" ? population.environment : population.kind;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tacit: ${escapeHtml(about)}</title><style>${STYLE}</style></head><body>
<h1>What did privacy cost? ${escapeHtml(capital(about))}</h1>
<p><code>${escapeHtml(command)}</code> (Tacit ${escapeHtml(program)})</p>
${htmlTable(result, colours)}
${sections.join("\n")}
</body></html>
`;
}

function section(title: string, picture: string | undefined, caption: string): string {
  if (picture === undefined) return "";
  return `<h2>${escapeHtml(title)}</h2>\n<figure>${picture}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
