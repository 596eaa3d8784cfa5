import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/catalogue/catalogue.js";
import { withPastActions } from "../../../src/learning/exploration/past-actions.js";
import type { Interaction } from "../../../src/learning/interaction.js";
import { policyScores } from "../../../src/learning/policy-scores.js";
import { currentState } from "../../../src/learning/state.js";
import { createTaskModel } from "../../../src/learning/task-model.js";
import { actionRows, trajectories } from "../../../src/learning/trajectories.js";
import { initialParameters } from "../../../src/network/initial-parameters.js";
import { referenceEngine } from "../../../src/network/reference-engine.js";
import { parseTask } from "../../../src/task/parse-task.js";

const IDS = ["a", "b", "c", "d", "e"];
const parsed = parseTask({
  name: "past",
  catalogue: { features: [{ name: "kind", kind: "categorical", values: IDS }] },
  model: { embedding: 4, hidden: 2 },
  exploration: { kind: "ucb" },
});
if (!parsed.ok) throw new Error("the task is refused");
const { task } = parsed;
const catalogue = createCatalogue(
  task.catalogue.features,
  IDS.map((id) => ({ id, features: { kind: id } })),
);
const model = createTaskModel({ task, catalogue, engine: referenceEngine });
const parameters = initialParameters(model.shape, 5);

/** A slate of two with a click, an item that nobody showed, one that is gone, and the first slate's item once more; not in order. */
const history: Interaction[] = [
  { kind: "impression", itemId: "d", at: 9, recommendationId: "s" },
  { kind: "impression", itemId: "b", at: 1, recommendationId: "r" },
  { kind: "impression", itemId: "d", at: 1, recommendationId: "r" },
  { kind: "click", itemId: "d", at: 2, recommendationId: "r" },
  { kind: "purchase", itemId: "a", at: 5 },
  { kind: "click", itemId: "gone", at: 6 },
];
const ROWS = [1, 3, 0, 3];

describe("the actions of a history", () => {
  it("are those that are learned from", () => {
    expect(actionRows(catalogue, history)).toEqual(ROWS);
    expect(trajectories(task, catalogue, history).map(({ action }) => action)).toEqual(ROWS);
  });

  it.each([[[0, 1, 2, 3, 4]], [[4, 3]], [[2]]])(
    "have the embeddings of their items beside candidates %j",
    (rows) => {
      const state = currentState(task, catalogue, history, 10);
      const candidates = Int32Array.from(rows);
      const { actions } = policyScores(model, parameters, state, candidates);
      const alone = policyScores(model, parameters, state, Int32Array.from(ROWS)).actions;
      if (!actions || !alone) throw new Error("nothing is embedded");
      const known = withPastActions({ model, parameters, history, state, candidates }, actions);
      expect(known).toEqual({ ...actions, past: alone.candidates });
      expect(new Set(Array.from(known.past)).size).toBeGreaterThan(4);
    },
  );

  it("are none where there is no history", () => {
    const state = currentState(task, catalogue, [], 10);
    const candidates = Int32Array.of(2);
    const { actions } = policyScores(model, parameters, state, candidates);
    if (!actions) throw new Error("nothing is embedded");
    const known = withPastActions({ model, parameters, history: [], state, candidates }, actions);
    expect(known.past).toHaveLength(0);
  });
});
