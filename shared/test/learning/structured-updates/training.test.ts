import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/catalogue/catalogue.js";
import { clientUpdate } from "../../../src/learning/client-update.js";
import { trainLocally } from "../../../src/learning/local-training.js";
import { structuredUpdate } from "../../../src/learning/structured-updates/structured-update.js";
import { parameterBlocks, updateLength } from "../../../src/learning/structured-updates/update-length.js";
import { createTaskModel } from "../../../src/learning/task-model.js";
import type { Engine } from "../../../src/network/engine.js";
import { initialParameters } from "../../../src/network/initial-parameters.js";
import { createKernelEngine } from "../../../src/network/kernel/kernel-engine.js";
import { parameterCount } from "../../../src/network/parameter-count.js";
import { referenceEngine } from "../../../src/network/reference-engine.js";
import { createTfjsEngine } from "../../../src/network/tfjs/tfjs-engine.js";
import { seededRandom } from "../../../src/random/random.js";
import { parseTask } from "../../../src/task/parse-task.js";
import type { TaskSpecInput } from "../../../src/task/task-spec.js";

type LearningInput = NonNullable<TaskSpecInput["learning"]>;

const BUCKETS = 8;
const items = Array.from({ length: 20 }, (_, i) => ({ id: `i${i}`, features: { genre: i % 2 ? "a" : "b" } }));
const history = Array.from(
  { length: 12 },
  (_, i) => ({ kind: "click", itemId: `i${2 * (i % 8)}`, at: i * 1000 }) as const,
);

/** One client's training from version 3, and its update. */
function trained(
  learning: LearningInput,
  model: TaskSpecInput["model"] = {},
  engine: Engine = referenceEngine,
) {
  const parsed = parseTask({
    name: "films",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: ["a", "b"] }] },
    model: { embedding: 6, hidden: 5, historyLength: 3, ...model },
    learning: { candidates: 5, batchSize: 4, learningRate: 0.05, ...learning },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  const catalogue = createCatalogue(task.catalogue.features, items);
  const networks = createTaskModel({ task, catalogue, engine });
  const received = initialParameters(networks.shape, 1);
  const structure = structuredUpdate({ task, taskHash: "ab", modelVersion: 3 }, parameterBlocks(task));
  const options = { model: networks, parameters: received, history, random: seededRandom(1), structure };
  const result = trainLocally(options);
  if (!result.ok) throw new Error(result.refused);
  const moved = result.parameters.map((value, i) => value - (received[i] ?? 0));
  const update = clientUpdate(networks, received, result.parameters, history, structure);
  return { task, moved, update, structure, parameters: parameterCount(networks.shape) };
}

function near(a: Float32Array, b: Float32Array, digits: number) {
  expect(a).toHaveLength(b.length);
  for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i] ?? Number.NaN, digits);
}

describe.each([
  { kind: "random-mask", share: 0.2 },
  { kind: "low-rank", rank: 2 },
] as const)("training in the subspace of a $kind", (update) => {
  it("moves the model in no other direction, whatever the optimiser, and sends that movement's coordinates", () => {
    for (const optimiser of ["sgd", "momentum", "adam"] as const) {
      const client = trained({ update, optimiser });
      const { structure } = client;
      if (!structure) throw new Error("it is restricted");
      near(structure.spread(structure.restrict(client.moved)), client.moved, 5);
      near(structure.spread(client.update), client.moved, 5);
      expect(Math.hypot(...client.moved)).toBeGreaterThan(0.01);
      expect(client.update).toHaveLength(updateLength(client.task));
      expect(client.update.length).toBeLessThan(0.6 * client.parameters);
    }
  });

  it("steps along the projected gradient", () => {
    const once = { optimiser: "sgd", localSteps: 1 } as const;
    const whole = trained(once);
    const { structure, moved } = trained({ ...once, update });
    if (!structure) throw new Error("it is restricted");
    near(moved, structure.spread(structure.restrict(whole.moved)), 6);
  });

  it.each([
    ["kernel", createKernelEngine],
    ["tfjs", createTfjsEngine],
  ] as const)("comes to the same on every engine: %s", async (name, create) => {
    const engine = await create();
    expect(engine?.name).toContain(name);
    const learning = { optimiser: "sgd", update } as const;
    near(trained(learning, {}, engine).update, trained(learning).update, 4);
  });

  it("leaves the item prior's histogram whole, at the end", () => {
    const model = { prior: { buckets: BUCKETS } };
    const [whole, restricted] = [trained({}, model), trained({ update }, model)];
    expect(restricted.update.slice(-BUCKETS)).toEqual(whole.update.slice(-BUCKETS));
    expect(Math.hypot(...restricted.update.slice(-BUCKETS))).toBeCloseTo(1, 6);
    expect(restricted.update).toHaveLength(updateLength(restricted.task));
  });
});

describe("an update that keeps everything", () => {
  it.each(["sgd", "momentum", "adam"] as const)("is that of the whole network: %s", (optimiser) => {
    const whole = trained({ optimiser });
    expect(whole.structure).toBeUndefined();
    expect(trained({ optimiser, update: { kind: "full" } }).update).toEqual(whole.update);
    near(trained({ optimiser, update: { kind: "random-mask", share: 1 } }).update, whole.update, 4);
  });
});

describe("the subspace of a version", () => {
  const spaceOf = (redraw: boolean, modelVersion: number, taskHash = "ab") => {
    const { task } = trained({ update: { kind: "random-mask", share: 0.3, redraw } });
    const space = structuredUpdate({ task, taskHash, modelVersion }, parameterBlocks(task));
    return space?.spread(new Float32Array(space.length).fill(1));
  };

  it("is another one for each version and each task; where it is not drawn again, for each task only", () => {
    expect(spaceOf(true, 3)).toEqual(spaceOf(true, 3));
    expect(spaceOf(true, 3)).not.toEqual(spaceOf(true, 4));
    expect(spaceOf(true, 3)).not.toEqual(spaceOf(true, 3, "cd"));
    expect(spaceOf(false, 3)).toEqual(spaceOf(false, 4));
    expect(spaceOf(false, 3)).not.toEqual(spaceOf(false, 3, "cd"));
  });
});
