import { describe, expect, it } from "vitest";
import { parseTask } from "../../src/task/parse-task.js";
import type { TaskSpecInput } from "../../src/task/task-spec.js";
import { exampleTask } from "./example-task.js";

const prior = { prior: { buckets: 64 } };
const problemsOf = (change: Partial<TaskSpecInput>) => {
  const parsed = parseTask({ ...exampleTask, ...change });
  return parsed.ok ? [] : parsed.problems;
};
const naming = (name: "novelty" | "popularity-lift" | "exposure", minimum = 0, maximum = 1) => ({
  privacy: { metrics: [{ name: "loss" as const }, { name, minimum, maximum }] },
});

describe("a task that names metrics", () => {
  it("may name what is popular with an item prior, and exposure in all of its range", () => {
    expect(problemsOf({ ...naming("novelty", 0, 12), model: prior })).toEqual([]);
    expect(problemsOf({ ...naming("popularity-lift", -1, 9), model: prior })).toEqual([]);
    expect(problemsOf(naming("exposure", -1, 1))).toEqual([]);
  });

  it.each(["novelty", "popularity-lift"] as const)("may not name %s without an item prior", (name) => {
    expect(problemsOf(naming(name))).toEqual([
      { field: "privacy.metrics.1.name", message: expect.stringContaining("model.prior") },
    ]);
  });

  it.each([
    ["cut off below", naming("exposure", 0, 1), "privacy.metrics.1.minimum"],
    ["cut off above", naming("exposure", -1, 0.5), "privacy.metrics.1.maximum"],
    [
      "of several versions in one sum",
      { ...naming("exposure", -1, 1), cohort: { maximumStaleness: 2 } },
      "privacy.metrics.1.name",
    ],
  ])("may not name exposure %s", (_, change, field) => {
    expect(problemsOf(change).map((problem) => problem.field)).toEqual([field]);
  });

  it("names each once, with a range", () => {
    const metrics = [{ name: "loss" as const }, { name: "loss" as const, minimum: 1 }];
    expect(problemsOf({ privacy: { metrics } }).map(({ field }) => field)).toEqual([
      "privacy.metrics.1.name",
      "privacy.metrics.1.maximum",
    ]);
  });
});
