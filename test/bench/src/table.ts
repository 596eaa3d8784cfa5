import type { Measured } from "./measure.js";

/** One line a case: time, speed, and how many times as long as each baseline takes for as many elements. */
export function table(cases: readonly Measured[]): string[] {
  const baselines = cases.filter(({ baseline }) => baseline);
  const heads = ["", "ms", "M elements/s", ...baselines.map(({ name }) => `× ${name}`), "aim"];
  const rows = cases.map((one) => {
    const each = one.milliseconds / one.elements;
    const ratios = baselines.map((other) => (each / (other.milliseconds / other.elements)).toFixed(1));
    const aim =
      one.aim === undefined ? "" : `< ${one.aim} ms ${one.milliseconds < one.aim ? "met" : "MISSED"}`;
    return [
      one.name,
      one.milliseconds.toFixed(2),
      (one.elements / one.milliseconds / 1000).toFixed(1),
      ...ratios,
      aim,
    ];
  });
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart((widths[i] ?? 0) + 2)))
      .join("");
  return [line(heads), ...rows.map(line)];
}
