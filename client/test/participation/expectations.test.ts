import { cohortTerms, networkShape, parameterCount, planSealing } from "@tacit/shared";
import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../src/ledger/limits.js";
import { expectationsOf } from "../../src/participation/expectations.js";
import { exampleTask } from "../support/example-task.js";

it.each([1, 4])("a client expects of %d groups what the coordinator offers each", (groups) => {
  const example = exampleTask();
  const task = { ...example, cohort: { ...example.cohort, size: 20, minimum: 12, groups } };
  const dimension = parameterCount(networkShape(task));
  const planned = planSealing(task, dimension);
  if (!planned.ok) throw new Error(planned.message);
  const { plan } = planned;
  const taskHash = "cd".repeat(32);
  const head = { modelVersion: 3, modelHash: "ab".repeat(32), finished: false };
  const offered = cohortTerms(task, taskHash, plan, head, 20 / groups);
  const expected = expectationsOf({ task, taskHash, plan }, DEFAULT_LIMITS, head, plan.clip);
  expect(expected.minimumSurvivors).toBe(offered.minimumSurvivors);
  expect(offered.minimumSurvivors).toBe(12 / groups);
  expect(expected.minimumCohort).toBe(12 / groups);
  expect(offered.size).toBeGreaterThanOrEqual(expected.minimumCohort);
});
