import { escapeHtml } from "./escape-html.js";
import { spreadLabels } from "./spread-labels.js";

const WIDTH = 720;
const HEIGHT = 320;
const MARGIN = { left: 50, right: 150, top: 15, bottom: 35 };
const GAP = 14;
const MOST_TICKS = 10;
const OWN = "#2f7d3b";

interface Line {
  /** What it is of. */
  readonly name: string;
  /** One a round, from the untrained model on. */
  readonly values: readonly number[];
}

/** An SVG of one value per round, over named constant levels. `label` says what it shows to who does not see it. */
export function lineChart(
  { name, values }: Line,
  levels: readonly { readonly name: string; readonly value: number }[],
  label: string,
): string {
  const highest = 1.1 * Math.max(...values, ...levels.map(({ value }) => value), 1e-9);
  const x = (round: number) =>
    MARGIN.left + ((WIDTH - MARGIN.left - MARGIN.right) * round) / Math.max(1, values.length - 1);
  const y = (value: number) =>
    HEIGHT - MARGIN.bottom - ((HEIGHT - MARGIN.top - MARGIN.bottom) * value) / highest;
  const right = WIDTH - MARGIN.right;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => part * highest);
  const grid = ticks.map(
    (tick) =>
      `<line x1="${MARGIN.left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#e3e8ee"/>` +
      `<text x="${MARGIN.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick.toFixed(2)}</text>`,
  );
  const step = roundStep(values.length - 1);
  const rounds = values.flatMap((_, round) =>
    round % step === 0
      ? [`<text x="${x(round)}" y="${HEIGHT - 12}" text-anchor="middle">${round}</text>`]
      : [],
  );
  const lines = levels.map(
    ({ value }) =>
      `<line x1="${MARGIN.left}" x2="${right}" y1="${y(value)}" y2="${y(value)}" stroke="#9aa7b5" stroke-dasharray="4 4"/>`,
  );
  const ends = [
    ...levels.map((level) => ({ ...level, mark: "" })),
    ...values.slice(-1).map((value) => ({ name, value, mark: ` font-weight="600" fill="${OWN}"` })),
  ];
  const heights = spreadLabels(
    ends.map(({ value }) => y(value)),
    GAP,
    { low: MARGIN.top, high: HEIGHT - MARGIN.bottom },
  );
  const names = ends.map(
    ({ name: end, value, mark }, place) =>
      `<text x="${right + 8}" y="${(heights[place] ?? y(value)) + 4}"${mark}>${escapeHtml(end)}</text>`,
  );
  const points = values.map((value, round) => `${x(round).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const line = `<polyline points="${points}" fill="none" stroke="${OWN}" stroke-width="2.5"/>`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${escapeHtml(label)}" font-size="12" fill="#45515e">${[...grid, ...rounds, ...lines, line, ...names].join("")}</svg>`;
}

/** The least of 1, 2, 5, 10, 20 and so on by which there is room for the numbers of so many rounds. */
function roundStep(last: number): number {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].find((digit) => last / (digit * power) <= MOST_TICKS);
    if (step !== undefined) return step * power;
  }
}
