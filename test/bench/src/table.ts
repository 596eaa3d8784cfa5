import { aligned } from "./aligned.js";
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
  return aligned(heads, rows);
}
