import { describe, expect, it } from "vitest";
import { parseTask } from "../../src/task/parse-task.js";
import type { TaskSpecInput } from "../../src/task/task-spec.js";
import { exampleTask } from "./example-task.js";

const correlation = { bands: 2, minimumSeparation: 2 };
const fieldsOf = (change: Partial<TaskSpecInput>) => {
  const parsed = parseTask({ ...exampleTask, ...change });
  return parsed.ok ? [] : parsed.problems.map(({ field }) => field);
};

describe("a task that splits and combines", () => {
  it.each<[string, Partial<TaskSpecInput>]>([
    ["a median of ten groups", { cohort: { groups: 10 }, aggregation: { combine: "coordinate-median" } }],
    ["a checked mean of two groups", { cohort: { groups: 2 } }],
    ["Krum of ten groups, two corrupt", { cohort: { groups: 10 }, aggregation: { combine: "krum" } }],
    ["a trimmed mean of updates", { privacy: { mode: "local" }, aggregation: { combine: "trimmed-mean" } }],
    ["Krum with a trusted coordinator", { privacy: { mode: "trusted" }, aggregation: { combine: "krum" } }],
    [
      "a filter before correlated noise",
      { privacy: { mode: "trusted", correlation }, aggregation: { combine: "norm-filter" } },
    ],
  ])("may be %s", (_, change) => {
    expect(fieldsOf(change)).toEqual([]);
  });

  it.each<[string, Partial<TaskSpecInput>, string]>([
    ["groups of unmasked updates", { privacy: { mode: "local" }, cohort: { groups: 4 } }, "cohort.groups"],
    ["groups of two", { cohort: { size: 10, minimum: 8, groups: 4 } }, "cohort.groups"],
    [
      "a group with nobody honest",
      { cohort: { groups: 20, corruptFraction: 0.75 } },
      "cohort.corruptFraction",
    ],
    ["a median of one masked sum", { aggregation: { combine: "coordinate-median" } }, "aggregation.combine"],
    ["a filter of one masked sum", { aggregation: { combine: "norm-filter" } }, "aggregation.combine"],
    [
      "a median of two groups",
      { cohort: { groups: 2 }, aggregation: { combine: "geometric-median" } },
      "cohort.groups",
    ],
    [
      "a median of two updates",
      {
        privacy: { mode: "local" },
        cohort: { size: 2, minimum: 2 },
        aggregation: { combine: "coordinate-median" },
      },
      "cohort.minimum",
    ],
    [
      "Krum of too few groups",
      { cohort: { groups: 5 }, aggregation: { combine: "krum", byzantineFraction: 0.4 } },
      "aggregation.byzantineFraction",
    ],
    [
      "a trimmed mean that trims nothing",
      { cohort: { groups: 4 }, aggregation: { combine: "trimmed-mean" } },
      "aggregation.byzantineFraction",
    ],
    [
      "half of all corrupt",
      { privacy: { mode: "local" }, aggregation: { combine: "krum", byzantineFraction: 0.5 } },
      "aggregation.byzantineFraction",
    ],
    [
      "correlated noise on single updates",
      { privacy: { mode: "trusted", correlation }, aggregation: { combine: "krum" } },
      "privacy.correlation",
    ],
  ])("may not be %s: the field is named", (_, change, field) => {
    expect(fieldsOf(change)).toContain(field);
  });
});
