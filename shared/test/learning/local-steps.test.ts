import { describe, expect, it } from "vitest";
import { localSteps } from "../../src/learning/local-steps.js";
import { parseTask } from "../../src/task/parse-task.js";

function learning(more: object) {
  const parsed = parseTask({
    name: "steps",
    catalogue: { features: [{ name: "n", kind: "numeric", minimum: 0, maximum: 1 }] },
    learning: more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task.learning;
}

describe("the steps of a local training", () => {
  it("are as many for every history where the task says nothing of passes", () => {
    expect([1, 10, 1000].map((count) => localSteps(learning({ localSteps: 7 }), count))).toEqual([7, 7, 7]);
  });

  it("grow with the history by passes over it, in whole batches, up to the most", () => {
    const task = learning({ localSteps: 20, localEpochs: 2, batchSize: 16 });
    expect([1, 8, 16, 17, 100, 1000].map((count) => localSteps(task, count))).toEqual([1, 1, 2, 3, 13, 20]);
  });
});
