import type { Estimate } from "../evaluation/estimate.js";
import { METRICS } from "../evaluation/evaluate.js";
import type { ArmName, SimulationResult } from "../run/simulation-result.js";
import { heardLines } from "../virtual/run/heard-text.js";
import { escapeHtml } from "./escape-html.js";
import { lineChart } from "./line-chart.js";
import { textPrivacy } from "./text-table.js";

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
table { border-collapse: collapse; margin: 1.5rem 0; font-variant-numeric: tabular-nums }
th, td { padding: .35rem .9rem; text-align: right; border-bottom: 1px solid #d8dee6 }
th:first-child, td:first-child { text-align: left }
tr.own { background: #eef5ee; font-weight: 600 }
pre { background: #f4f6f8; padding: 1rem; white-space: pre-wrap }
small { color: #5b6775 }`;

/** The arm that the page is about. */
const OWN = "federated-private" satisfies ArmName;

/** One page without links to anything outside itself. */
export function htmlReport(result: SimulationResult): string {
  const { arms, course, environment, rounds, heard } = result;
  const rows = arms.map(({ name, evaluation: { metrics }, lead }) => {
    const own = name === OWN;
    const cells = METRICS.map((metric) => `<td>${estimateCell(metrics[metric])}</td>`).join("");
    return `<tr${own ? ' class="own"' : ""}><td>${name}</td>${cells}<td>${own ? "" : estimateCell(lead["hr@10"])}</td></tr>`;
  });
  const head = METRICS.map((metric) => `<th>${metric.toUpperCase()}</th>`).join("");
  const levels = arms
    .filter(({ name }) => name !== OWN)
    .map(({ name, evaluation }) => ({ name, value: evaluation.metrics["hr@10"].mean }));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tacit: ${escapeHtml(environment)}, ${rounds} rounds</title><style>${STYLE}</style></head><body>
<h1>What did privacy cost?</h1>
<p>${escapeHtml(environment)}: the policy that was learned with differential privacy against the baselines.</p>
<table><thead><tr><th></th>${head}<th>lead in HR@10</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>
<h2>HR@10 after each round</h2>
${lineChart({ name: OWN, values: course }, levels, `HR@10 of ${OWN} after each of ${rounds} rounds, over the levels of ${levels.length} other arms`)}
<p><small>The line is a sample of users after each round; the levels are the other arms over all users.</small></p>
<h2>Privacy</h2>
<pre>${escapeHtml(textPrivacy(result))}</pre>
${heard ? `<h2>What sums told</h2>\n<pre>${escapeHtml(heardLines(heard).join("\n"))}</pre>\n` : ""}</body></html>
`;
}

const estimateCell = ({ mean, standardError }: Estimate) =>
  `${mean.toFixed(4)} <small>±${standardError.toFixed(4)}</small>`;
