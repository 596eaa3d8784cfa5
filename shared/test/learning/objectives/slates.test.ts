import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/catalogue/catalogue.js";
import type { Interaction } from "../../../src/learning/interaction.js";
import { finish, trainOnTransitions } from "../../../src/learning/local-training.js";
import { policyScores } from "../../../src/learning/policy-scores.js";
import { currentState } from "../../../src/learning/state.js";
import { createTaskModel } from "../../../src/learning/task-model.js";
import { trajectories } from "../../../src/learning/trajectories.js";
import { initialParameters } from "../../../src/network/initial-parameters.js";
import { referenceEngine } from "../../../src/network/reference-engine.js";
import { type Random, seededRandom } from "../../../src/random/random.js";
import { parseTask } from "../../../src/task/parse-task.js";
import type { TaskSpecInput } from "../../../src/task/task-spec.js";

const ITEMS = ["seed", "candy", "fruit", "pebble", "leaf"];
const SLATE = 3;

/**
 * Visits of a slate of three. At first a seed pays 0.3 and candy 1; whoever took the seed buys fruit for 3 at the visit after that, if
 * it is shown. By the log's uniform slates a seed comes to 0.3 + 0.9 · 3 · 3/5 = 1.92.
 */
function visits(person: number, random: Random): Interaction[] {
  const at = (visit: number) => visit * 60_000;
  const slate = (visit: number, cell: string) => {
    const left = [...ITEMS];
    return Array.from({ length: SLATE }, (): Interaction => {
      const propensity = 1 / left.length;
      const [itemId = ""] = left.splice(random.integer(left.length), 1);
      const recommendationId = `${person}.${visit}`;
      return {
        kind: "impression",
        itemId,
        recommendationId,
        propensity,
        at: at(visit),
        context: { cell },
      };
    });
  };
  const first = slate(0, "first");
  const sweet = first.filter(({ itemId }) => itemId === "seed" || itemId === "candy");
  const taken = sweet[random.integer(Math.max(1, sweet.length))];
  const planted = taken?.itemId === "seed";
  const second = slate(1, planted ? "planted" : "bare");
  const fruit = planted ? second.find(({ itemId }) => itemId === "fruit") : undefined;
  return [
    ...first,
    ...(taken ? [{ ...taken, kind: planted ? "like" : "click", at: at(0) + 1 } as const] : []),
    ...second,
    ...(fruit ? [{ ...fruit, kind: "purchase", at: at(1) + 1 } as const] : []),
  ];
}

type ObjectiveInput = NonNullable<NonNullable<TaskSpecInput["learning"]>["objective"]>;

const byReward = { kind: "actor-critic", policyWeight: 1, nextItemWeight: 0 } as const;
const OBJECTIVES: readonly ObjectiveInput[] = [
  byReward,
  { ...byReward, trace: {} },
  { kind: "policy-gradient", topK: 1 },
  { kind: "ppo" },
  { kind: "q-learning" },
  { kind: "implicit-q-learning" },
];

/** Scores at the first visit, after training on 400 people. */
function scoresOf(objective: ObjectiveInput, seed: number): Map<string, number> {
  const parsed = parseTask({
    name: "slates",
    catalogue: { features: [{ name: "name", kind: "categorical", values: ITEMS }] },
    context: { features: [{ name: "cell", kind: "categorical", values: ["first", "planted", "bare"] }] },
    model: { embedding: 8, hidden: 8, historyLength: 2, seed },
    learning: {
      ...{ localSteps: 20, batchSize: 64, learningRate: 0.01, minimumInteractions: 1, candidates: 8 },
      objective,
    },
    reward: { weights: { like: 0.3, click: 1, purchase: 3 }, discount: 0.9 },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { task } = parsed;
  const items = ITEMS.map((id) => ({ id, features: { name: id } }));
  const catalogue = createCatalogue(task.catalogue.features, items);
  const model = createTaskModel({ task, catalogue, engine: referenceEngine });
  const random = seededRandom(seed);
  const transitions = Array.from({ length: 400 }, (_, person) => visits(person, random)).flatMap((history) =>
    trajectories(task, catalogue, history),
  );
  let parameters = initialParameters(model.shape, seed);
  for (let round = 0; round < 40; round++) {
    ({ parameters } = finish(trainOnTransitions({ model, parameters, random }, transitions)));
  }
  const rows = Int32Array.from(ITEMS, (id) => catalogue.index(id) ?? 0);
  const state = currentState(task, catalogue, [], 0, { cell: "first" });
  const { logits } = policyScores(model, parameters, state, rows);
  return new Map(ITEMS.map((id, i) => [id, logits[i] ?? Number.NaN]));
}

describe("what a slate leads to", () => {
  it.each(OBJECTIVES)("is credited to what was taken of it by %j", (objective) => {
    for (const seed of [1, 2]) {
      const scores = scoresOf(objective, seed);
      expect(scores.get("seed")).toBeGreaterThan(scores.get("candy") ?? Number.NaN);
    }
  });
});
