import { ACTIVITIES } from "@tacit/shared";
import { TINY } from "../../evaluation/cold-start.js";
import { fullName } from "../arm.js";
import type { ExperimentResult } from "../experiment-result.js";
import type { ModelPictures } from "../pictures/model-pictures.js";
import { budgetOverTime } from "./budget-over-time.js";
import { coloursOf } from "./colours.js";
import { experimentTable, shownMetrics } from "./experiment-table.js";
import { learningCurves } from "./learning-curves.js";
import { metricBars } from "./metric-bars.js";
import { privacyFrontier } from "./privacy-frontier.js";

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
pre { background: #f4f6f8; padding: 1rem; overflow-x: auto; font-size: 13px; line-height: 1.45 }
figure { margin: 1.5rem 0 2.5rem } figcaption { color: #5b6775; font-size: 14px }
h2 { margin-top: 2.5rem }`;

/** One page without links to anything outside itself. */
export function experimentPage(result: ExperimentResult, pictures: ModelPictures): string {
  const { arms, trials, command, program, population } = result;
  const shown = shownMetrics(arms);
  const primary = shown[0] ?? "";
  const colours = coloursOf(arms.map(fullName));
  const sections = [
    section(
      `What each budget leaves of ${primary.toUpperCase()}`,
      privacyFrontier(arms, primary, colours),
      "Dots: federations with noise, by the epsilon that their most frequent client spent; bars are 95 % intervals over seeds. Lines: arms without a promise.",
    ),
    section(
      "Learning curves",
      learningCurves(trials, colours),
      "HR@10 of 200 clients after each round: mean over seeds, band of 95 %.",
    ),
    section(
      "Clicks and purchases",
      metricBars(
        arms,
        [
          { metric: "ctr", label: "CTR" },
          { metric: "cvr", label: "CVR" },
        ],
        colours,
      ),
      "Share of impressions that were clicked, and of clicks that became purchases.",
    ),
    section(
      "By how much people have done",
      metricBars(
        arms,
        ACTIVITIES.map((activity) => ({ metric: `hr@10 ${activity}`, label: activity })),
        colours,
      ),
      "HR@10 of cold, warm and heavy users.",
    ),
    section(
      "Where little is known",
      metricBars(
        arms,
        [
          { metric: "hr@10 new user", label: "new user" },
          { metric: `hr@10 of ${TINY} interactions`, label: `${TINY} interactions` },
          { metric: "hr@10 new item", label: "new item" },
        ],
        colours,
      ),
      "HR@10 of people without a history, of people who have just begun, and of items that nobody has tried.",
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
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tacit: ${escapeHtml(population.kind)}</title><style>${STYLE}</style></head><body>
<h1>What did privacy cost?</h1>
<p><code>${escapeHtml(command)}</code> (Tacit ${escapeHtml(program)})</p>
<pre>${escapeHtml(experimentTable(result))}</pre>
${sections.join("\n")}
</body></html>
`;
}

function section(title: string, picture: string | undefined, caption: string): string {
  if (picture === undefined) return "";
  return `<h2>${escapeHtml(title)}</h2>\n<figure>${picture}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
