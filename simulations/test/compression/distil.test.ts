import {
  createCatalogue,
  createTaskModel,
  initialParameters,
  networkShape,
  parseTask,
  type TaskModel,
  type TaskSpecInput,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { distil } from "../../src/compression/distil.js";
import { scoresAfter } from "../../src/compression/imagined-histories.js";
import { chooseEngine } from "../../src/population/engine-choice.js";

const ITEMS = 24;
const items = Array.from({ length: ITEMS }, (_, i) => ({ id: `i${i}`, features: {} }));

function taskOf(model: TaskSpecInput["model"]) {
  const parsed = parseTask({
    name: "popular",
    catalogue: { features: [{ name: "self", kind: "id", buckets: 64, hashes: 2 }] },
    model: { embedding: 8, hidden: 8, historyLength: 4, ...model },
    learning: { batchSize: 16 },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

/** A network that knows what is popular, by Zipf's law, and nothing else. */
function teacherOf(model: TaskModel): Float32Array {
  const parameters = initialParameters(networkShape(model.task), 1);
  const { prior } = model.scoring().network;
  const { buckets } = model.catalogue;
  if (!prior || !buckets) throw new Error("the task has a prior");
  for (let row = 0; row < ITEMS; row++) {
    for (let hash = 0; hash < 3; hash++) {
      const place = prior.offset + (buckets[3 * row + hash] ?? 0);
      parameters[place] = Math.max(parameters[place] ?? 0, -Math.log(1 + row) + Math.log(ITEMS));
    }
  }
  return parameters;
}

/** Of the least squares line through the points. */
function slope(xs: ArrayLike<number>, ys: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  let [xy, xx] = [0, 0];
  for (let i = 0; i < xs.length; i++) {
    xy += ((xs[i] ?? 0) - x) * ((ys[i] ?? 0) - y);
    xx += ((xs[i] ?? 0) - x) ** 2;
  }
  return xy / xx;
}

describe("distilling", () => {
  it.each([
    ["with an item prior of its own", { embedding: 4, prior: { buckets: 256 } }],
    ["without one", { embedding: 4 }],
  ])("makes a student %s that is as sure of what is popular as its teacher", async (_, model) => {
    const engine = await chooseEngine("auto");
    const task = taskOf({ prior: { buckets: 256 } });
    const catalogue = createCatalogue(task.catalogue.features, items);
    const teaching = createTaskModel({ task, catalogue, engine });
    const teacher = { model: teaching, parameters: teacherOf(teaching) };
    const student = taskOf(model);
    const parameters = distil({ teacher, student, histories: 1200, engine, seed: 3 });
    const learned = {
      model: createTaskModel({ task: student, catalogue, engine }),
      parameters,
    };
    const history = [1, 5].map((item, at) => ({ kind: "click" as const, itemId: `i${item}`, at }));
    const rows = Int32Array.from({ length: ITEMS }, (_, row) => row);
    const sureness = slope(
      scoresAfter(teacher, history, rows).logits,
      scoresAfter(learned, history, rows).logits,
    );
    expect(sureness).toBeGreaterThan(0.7);
    expect(sureness).toBeLessThan(1.3);
  });
});
