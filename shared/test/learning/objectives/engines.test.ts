import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/catalogue/catalogue.js";
import { trainLocally } from "../../../src/learning/local-training.js";
import { policyScores } from "../../../src/learning/policy-scores.js";
import { currentState } from "../../../src/learning/state.js";
import { createTaskModel } from "../../../src/learning/task-model.js";
import type { Engine } from "../../../src/network/engine.js";
import { initialParameters } from "../../../src/network/initial-parameters.js";
import { createKernelEngine } from "../../../src/network/kernel/kernel-engine.js";
import { networkShape } from "../../../src/network/network-shape.js";
import { parameterCount } from "../../../src/network/parameter-count.js";
import { referenceEngine } from "../../../src/network/reference-engine.js";
import { createTfjsEngine } from "../../../src/network/tfjs/tfjs-engine.js";
import { seededRandom } from "../../../src/random/random.js";
import { parseTask } from "../../../src/task/parse-task.js";
import type { TaskSpecInput } from "../../../src/task/task-spec.js";

type ObjectiveInput = NonNullable<NonNullable<TaskSpecInput["learning"]>["objective"]>;

const OBJECTIVES: readonly ObjectiveInput[] = [
  { kind: "actor-critic" },
  { kind: "actor-critic", trace: {} },
  { kind: "policy-gradient" },
  { kind: "ppo" },
  { kind: "q-learning" },
  { kind: "implicit-q-learning" },
  { kind: "self-supervised-actor-critic" },
];

const GENRES = ["drama", "comedy", "western"];
const ITEMS = Array.from({ length: 12 }, (_, i) => ({
  id: `i${i}`,
  features: { genre: GENRES[i % GENRES.length] ?? "" },
}));

function taskOf(objective: ObjectiveInput | undefined) {
  const parsed = parseTask({
    name: "films",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: GENRES }] },
    model: { embedding: 5, hidden: 4, historyLength: 3 },
    // Adam would make as much of what is rounded away as of the rest.
    learning: {
      optimiser: "sgd",
      localSteps: 5,
      batchSize: 6,
      candidates: 4,
      ...(objective && { objective }),
    },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

/** Slates whose dramas were clicked, with propensities; sessions end every few impressions. */
const HISTORY = Array.from({ length: 20 }, (_, i) => {
  const shown = { itemId: `i${(5 * i) % ITEMS.length}`, at: 1000 * i + (i % 4 === 0 ? 1e9 * i : 0) };
  const place = { recommendationId: `r${i}`, propensity: 0.1 + (i % 3) / 5 };
  const impression = { kind: "impression", ...shown, ...place } as const;
  return i % 3 === 0 ? [impression, { kind: "click", ...shown, ...place } as const] : [impression];
}).flat();

function trained(objective: ObjectiveInput, engine: Engine) {
  const task = taskOf(objective);
  const catalogue = createCatalogue(task.catalogue.features, ITEMS);
  const model = createTaskModel({ task, catalogue, engine });
  const parameters = initialParameters(networkShape(task), 1);
  const result = trainLocally({ model, parameters, history: HISTORY, random: seededRandom(2) });
  if (!result.ok) throw new Error(result.refused);
  const state = currentState(task, catalogue, HISTORY, 2e10);
  const rows = Int32Array.from(ITEMS, (_, row) => row);
  return { before: parameters, ...result, scores: policyScores(model, result.parameters, state, rows) };
}

async function kernelOf(build: "simd" | "scalar"): Promise<Engine> {
  const engine = await createKernelEngine({ build });
  if (!engine) throw new Error("Node has WebAssembly");
  return engine;
}

describe.each(OBJECTIVES)("the objective $kind", (objective) => {
  it.each([
    ["kernel (SIMD)", () => kernelOf("simd")],
    ["kernel (scalar)", () => kernelOf("scalar")],
    ["tfjs", () => createTfjsEngine({ backend: "cpu" })],
  ])("takes the same steps on %s as on the reference engine", async (_, engineOf) => {
    const [expected, actual] = [trained(objective, referenceEngine), trained(objective, await engineOf())];
    expect(expected.parameters).not.toEqual(expected.before);
    expect(actual.loss).toBeCloseTo(expected.loss, 4);
    for (const [i, value] of expected.parameters.entries()) {
      expect(Math.abs((actual.parameters[i] ?? Number.NaN) - value)).toBeLessThan(1e-5);
    }
  });
});

describe("a task's parameters", () => {
  const count = (objective?: ObjectiveInput) => parameterCount(networkShape(taskOf(objective)));
  it("are more only where an objective learns Q beside its policy", () => {
    for (const kind of ["actor-critic", "policy-gradient", "ppo", "q-learning"] as const) {
      expect(count({ kind })).toBe(count());
    }
    // One tower of a state of 5 columns, 4 hidden ones, 5 columns of the items' vectors, and a bias by those.
    const critic = 5 * 4 + 4 + 4 * 5 + 5;
    expect(count({ kind: "implicit-q-learning" })).toBe(count() + critic);
    expect(count({ kind: "self-supervised-actor-critic" })).toBe(count() + critic);
  });
});

describe("the value of a state", () => {
  it("is that of the best candidate where logits are advantages, and the network's own elsewhere", () => {
    const task = taskOf({ kind: "q-learning" });
    const catalogue = createCatalogue(task.catalogue.features, ITEMS);
    const parameters = initialParameters(networkShape(task), 1);
    const rows = Int32Array.from(ITEMS, (_, row) => row);
    const scoresOf = (kind: "q-learning" | "ppo") => {
      const model = createTaskModel({ task: taskOf({ kind }), catalogue, engine: referenceEngine });
      return policyScores(model, parameters, currentState(task, catalogue, HISTORY, 2e10), rows);
    };
    const [dueling, policy] = [scoresOf("q-learning"), scoresOf("ppo")];
    expect(dueling.logits).toEqual(policy.logits);
    expect(dueling.value).toBeCloseTo(policy.value + Math.max(...policy.logits), 10);
  });
});
