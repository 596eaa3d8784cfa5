const WIDTH = 720;
const HEIGHT = 320;
const MARGIN = { left: 50, right: 130, top: 15, bottom: 35 };

/** An SVG of one value per round, over named constant levels. */
export function lineChart(
  values: readonly number[],
  levels: readonly { readonly name: string; readonly value: number }[],
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
  const rounds = values.map(
    (_, round) => `<text x="${x(round)}" y="${HEIGHT - 12}" text-anchor="middle">${round}</text>`,
  );
  const labels = spread(
    levels.map(({ name, value }) => ({ name, value, at: y(value) })),
    14,
  ).map(
    ({ name, value, at }) =>
      `<line x1="${MARGIN.left}" x2="${right}" y1="${y(value)}" y2="${y(value)}" stroke="#9aa7b5" stroke-dasharray="4 4"/>` +
      `<text x="${right + 8}" y="${at + 4}">${name}</text>`,
  );
  const points = values.map((value, round) => `${x(round).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const line = `<polyline points="${points}" fill="none" stroke="#2f7d3b" stroke-width="2.5"/>`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" font-size="12" fill="#45515e">${[...grid, ...rounds, ...labels, line].join("")}</svg>`;
}

/** Moves labels that would lie on each other down, in order. */
function spread<Label extends { readonly at: number }>(labels: readonly Label[], gap: number): Label[] {
  let lowest = Number.NEGATIVE_INFINITY;
  return labels
    .toSorted((a, b) => a.at - b.at)
    .map((label) => {
      lowest = Math.max(label.at, lowest + gap);
      return { ...label, at: lowest };
    });
}
