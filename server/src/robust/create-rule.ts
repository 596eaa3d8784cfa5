import type { CombineRule, TaskSpec } from "@tacit/shared";
import { coordinateMedian } from "./coordinate-median.js";
import { geometricMedian } from "./geometric-median.js";
import { krum, multiKrum } from "./krum.js";
import { mean } from "./mean.js";
import type { RobustRule } from "./robust-rule.js";
import { trimmedMean } from "./trimmed-mean.js";

const RULES: Readonly<Record<CombineRule, (byzantineFraction: number) => RobustRule>> = {
  mean: () => mean,
  // What it leaves out is left out before, by the norm bound.
  "norm-filter": () => mean,
  "coordinate-median": () => coordinateMedian,
  "trimmed-mean": trimmedMean,
  "geometric-median": () => geometricMedian,
  krum,
  "multi-krum": multiKrum,
};

/** The rule that the task names. */
export const createRule = ({ combine, byzantineFraction }: TaskSpec["aggregation"]): RobustRule =>
  RULES[combine](byzantineFraction);
