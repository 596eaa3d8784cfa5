import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/catalogue/catalogue.js";
import type { Interaction } from "../../../src/learning/interaction.js";
import { trainLocally } from "../../../src/learning/local-training.js";
import { personalQuery } from "../../../src/learning/personal/personal-query.js";
import { personalState } from "../../../src/learning/personal/personal-state.js";
import { reconstruct } from "../../../src/learning/personal/reconstruct.js";
import { policyScores } from "../../../src/learning/policy-scores.js";
import { currentState, type State } from "../../../src/learning/state.js";
import { createTaskModel } from "../../../src/learning/task-model.js";
import { trajectories } from "../../../src/learning/trajectories.js";
import { initialParameters } from "../../../src/network/initial-parameters.js";
import { networkShape } from "../../../src/network/network-shape.js";
import { parameterCount } from "../../../src/network/parameter-count.js";
import { referenceEngine } from "../../../src/network/reference-engine.js";
import { seededRandom } from "../../../src/random/random.js";
import { parseTask } from "../../../src/task/parse-task.js";

const GENRES = ["drama", "comedy", "western"];
const taskOf = (personal?: object, more: object = {}, objective: object = { kind: "actor-critic" }) => {
  const parsed = parseTask({
    name: "films",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: GENRES }] },
    // One event: what the user liked before it is in no state.
    model: { embedding: 8, hidden: 4, historyLength: 1, ...(personal && { personal }), ...more },
    learning: { localSteps: 5, batchSize: 8, candidates: 7, minimumInteractions: 4, objective },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
};
const items = Array.from({ length: 24 }, (_, i) => ({ id: `i${i}`, features: { genre: GENRES[i % 3] } }));
const modelOf = (task = taskOf({})) => {
  const catalogue = createCatalogue(task.catalogue.features, items);
  return createTaskModel({ task, catalogue, engine: referenceEngine });
};
const model = modelOf();
const parameters = initialParameters(model.shape, 1);
/** Of one genre, an hour apart, until a last one of any. */
const history = (genre: number, last?: number): Interaction[] => [
  ...Array.from({ length: 8 }, (_, i) => ({
    kind: "click" as const,
    itemId: `i${genre + 3 * i}`,
    at: i * 3_600_000,
  })),
  ...(last === undefined ? [] : [{ kind: "click" as const, itemId: `i${last}`, at: 1e9 }]),
];
const transitionsOf = (interactions: readonly Interaction[], of = model) =>
  trajectories(of.task, of.catalogue, interactions);
const scores = (state: State, of = model) =>
  policyScores(
    of,
    parameters,
    state,
    Int32Array.from(items, (_, i) => i),
  );
const share = (logits: ArrayLike<number>, genre: number) => {
  const weights = Array.from(logits, Math.exp);
  const sum = (from: readonly number[]) => from.reduce((a, b) => a + b, 0);
  return sum(weights.filter((_, i) => i % 3 === genre)) / sum(weights);
};

describe("personal parameters", () => {
  it("are no part of the model: neither of its length, nor of what is trained and handed over", () => {
    const without = networkShape(taskOf());
    expect(parameterCount(networkShape(taskOf({})))).toBe(parameterCount(without));
    expect(initialParameters(networkShape(taskOf({})), 1)).toEqual(initialParameters(without, 1));
    const trained = trainLocally({ model, parameters, history: history(1), random: seededRandom(1) });
    if (!trained.ok) throw new Error(trained.refused);
    expect(trained.parameters.length).toBe(parameterCount(without));
    expect(Object.values(trained).filter((part) => typeof part === "object")).toEqual([trained.parameters]);
  });

  it("know what a user likes beyond the events of a state", () => {
    const interactions = history(1, 0);
    const state = currentState(model.task, model.catalogue, interactions, 2e9);
    const own = personalState(model, parameters, interactions, state);
    expect(share(scores(own).logits, 1)).toBeGreaterThan(share(scores(state).logits, 1) + 0.1);
  });

  it("are found by the gradient of the choices they explain", () => {
    const transitions = transitionsOf(history(2));
    const slow = modelOf(taskOf({ steps: 1, learningRate: 1e-4 }));
    const { vector } = reconstruct(slow, parameters, transitions);
    const likelihood = (along: number) => {
      const moved = { vector: vector.map((v) => along * v), bias: 0 };
      return transitions.reduce((sum, { state, action }) => {
        const { logits } = scores({ ...state, personal: moved });
        return sum + (logits[action] ?? 0) - Math.log(logits.reduce((all, l) => all + Math.exp(l), 0));
      }, 0);
    };
    // A sample of candidates stands for the catalogue, so that it is the direction that counts.
    expect(likelihood(100)).toBeGreaterThan(likelihood(0));
    expect(likelihood(0)).toBeGreaterThan(likelihood(-100));
  });

  it("bring the value of states to what came of them", () => {
    const transitions = transitionsOf(history(0)).map((transition) => ({
      ...transition,
      done: true,
      reward: 3,
    }));
    const { bias } = reconstruct(model, parameters, transitions);
    const [first] = transitions;
    if (!first) throw new Error("there is one");
    expect(bias).toBeCloseTo(3, 3);
    expect(scores({ ...first.state, personal: { vector: new Float32Array(8), bias } }).value).toBeCloseTo(
      scores(first.state).value + bias,
      5,
    );
  });

  it("are in the unit of V, which is that of one place of a slate", () => {
    const biasOf = (slateLength: number) => {
      const task = taskOf({ vector: false });
      const shown = modelOf({ ...task, learning: { ...task.learning, slateLength } });
      const transitions = transitionsOf(history(0), shown);
      const values = transitions.map(({ state }) => scores(state, shown).value);
      const { bias } = reconstruct(shown, parameters, transitions);
      return bias + values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(biasOf(4)).toBeCloseTo(biasOf(1) / 4, 3);
  });

  it("bring Q of what was done to what came of it, where logits are advantages", () => {
    const dueling = modelOf(taskOf({ vector: false }, {}, { kind: "q-learning" }));
    const transitions = transitionsOf(history(0), dueling).map((transition) => ({
      ...transition,
      done: true,
      reward: 3,
    }));
    const { bias } = reconstruct(dueling, parameters, transitions);
    // No value is known yet: V is 0, and Q what the logits say.
    const known = transitions.map(({ state, action }) => scores(state, dueling).logits[action] ?? 0);
    expect(bias).toBeCloseTo(3 - known.reduce((a, b) => a + b) / known.length, 3);
  });

  it("come out the same for the same history, without being kept", () => {
    const again = modelOf();
    const found = reconstruct(model, parameters, transitionsOf(history(1)));
    expect(reconstruct(again, parameters.slice(), transitionsOf(history(1), again))).toEqual(found);
    const state = currentState(model.task, model.catalogue, history(1), 2e9);
    const first = personalState(model, parameters, history(1), state);
    expect(personalState(model, parameters, history(2), state)).not.toEqual(first);
    expect(personalState(model, parameters, history(1), state)).toEqual(first);
  });

  it("know nothing of what came after the history that they are found in, even where that cuts a session", () => {
    const slates = (clicked: boolean): Interaction[] =>
      [0, 1].flatMap((slate) =>
        [0, 1, 2, 3].flatMap((place): Interaction[] => {
          const event = { itemId: `i${4 * slate + place}`, recommendationId: `r${slate}`, at: 1000 * slate };
          const shown: Interaction = { ...event, kind: "impression", propensity: 0.1, position: place };
          return clicked && slate === 1 ? [shown, { ...event, kind: "click", at: 1001 }] : [shown];
        }),
      );
    const found = (clicked: boolean) =>
      reconstruct(model, parameters, transitionsOf(slates(clicked)).slice(0, 4));
    expect(transitionsOf(slates(true)).map(({ done }) => done)[0]).toBe(false);
    expect(found(true)).toEqual(found(false));
  });

  it("are found with as many candidates as one pass has room for, where the task trains with more", () => {
    const task = taskOf({ steps: 2 });
    const many = Array.from({ length: 1500 }, (_, i) => ({
      id: `i${i}`,
      features: { genre: GENRES[i % 3] },
    }));
    const large = createTaskModel({
      task: { ...task, learning: { ...task.learning, candidates: 4096 } },
      catalogue: createCatalogue(task.catalogue.features, many),
      engine: referenceEngine,
    });
    const { vector } = reconstruct(large, parameters, transitionsOf(history(1), large));
    expect([...vector].every(Number.isFinite)).toBe(true);
  });

  it("are zero without a history, and each only where it is wanted", () => {
    const nothing = { vector: new Float32Array(8), bias: 0 };
    expect(reconstruct(model, parameters, [])).toEqual(nothing);
    const vectorOnly = modelOf(taskOf({ bias: false }));
    expect(reconstruct(vectorOnly, parameters, transitionsOf(history(1))).bias).toBe(0);
    const biasOnly = modelOf(taskOf({ vector: false }));
    expect(reconstruct(biasOnly, parameters, transitionsOf(history(1))).vector).toEqual(nothing.vector);
  });

  it("stay finite, however long the vectors of items have become", () => {
    const wild = parameters.map((value) => 50 * value);
    const { vector } = reconstruct(model, wild, transitionsOf(history(1)));
    expect([...vector].every(Number.isFinite)).toBe(true);
  });
});

describe("a personal vector that is shorter than the user's", () => {
  const SIZE = 3;
  const short = modelOf(taskOf({ size: SIZE }));
  const given = initialParameters(short.shape, 1).map((value, i) => value + 0.1 * Math.sin(i));
  const scoresOf = (state: State) =>
    policyScores(
      short,
      given,
      state,
      Int32Array.from(items, (_, i) => i),
    ).logits;

  it("enters by a projection, which is all that the model has more than without", () => {
    const without = parameterCount(networkShape(taskOf()));
    expect(parameterCount(short.shape)).toBe(without + SIZE * 8);
    expect(reconstruct(short, given, transitionsOf(history(1), short)).vector).toHaveLength(SIZE);
  });

  it("knows what a user likes beyond the events of a state", () => {
    const interactions = history(1, 0);
    const state = currentState(short.task, short.catalogue, interactions, 2e9);
    const own = personalState(short, given, interactions, state);
    expect(share(scoresOf(own), 1)).toBeGreaterThan(share(scoresOf(state), 1) + 0.05);
  });

  it("is found by the gradient that it has through the projection", () => {
    const task = taskOf({ size: SIZE, steps: 1, learningRate: 1e-4 });
    // All other items are candidates: nothing is sampled.
    const slow = modelOf({ ...task, learning: { ...task.learning, candidates: items.length - 1 } });
    const transitions = transitionsOf(history(2), slow);
    const { vector } = reconstruct(slow, given, transitions);
    const likelihood = (moved: Float32Array) =>
      transitions.reduce((sum, { state, action }) => {
        const logits = scoresOf({ ...state, personal: { vector: moved, bias: 0 } });
        return sum + (logits[action] ?? 0) - Math.log(logits.reduce((all, l) => all + Math.exp(l), 0));
      }, 0);
    const slope = Array.from(vector, (_, i) => {
      const moved = (by: number) => Float32Array.from(vector, (_, j) => (i === j ? by : 0));
      return likelihood(moved(0.05)) - likelihood(moved(-0.05));
    });
    const length = (of: ArrayLike<number>) => Math.hypot(...Array.from(of));
    const along = slope.reduce((sum, s, i) => sum + s * (vector[i] ?? 0), 0);
    expect(along / (length(slope) * length(vector))).toBeGreaterThan(0.9);
  });

  it("is no part of what is handed over, whose projection is a parameter like every other", () => {
    const trained = trainLocally({
      model: short,
      parameters: given,
      history: history(1),
      random: seededRandom(1),
    });
    if (!trained.ok) throw new Error(trained.refused);
    expect(trained.parameters.length).toBe(parameterCount(short.shape));
    expect(Object.values(trained).filter((part) => typeof part === "object")).toEqual([trained.parameters]);
    const { projection } = short.scoring().network;
    if (!projection) throw new Error("there is one");
    const block = (of: Float32Array) => of.subarray(projection.offset, projection.offset + SIZE * 8);
    expect(block(trained.parameters)).not.toEqual(block(given));
  });
});

describe("training with personal parameters", () => {
  it("predicts the later half of a history by what the earlier half says of the user", () => {
    const transitions = transitionsOf(history(1));
    const query = personalQuery(model, parameters, transitions);
    const support = reconstruct(model, parameters, transitions.slice(0, 4));
    expect(query.map(({ action }) => action)).toEqual(transitions.slice(4).map(({ action }) => action));
    for (const { state, nextState } of query) {
      expect(state.personal).toEqual(support);
      expect(nextState.personal).toEqual(support);
    }
  });

  it("is as it was in tasks without", () => {
    const plain = modelOf(taskOf());
    const transitions = transitionsOf(history(1), plain);
    expect(personalQuery(plain, parameters, transitions)).toBe(transitions);
    const state = currentState(plain.task, plain.catalogue, history(1), 2e9);
    expect(personalState(plain, parameters, history(1), state)).toBe(state);
  });
});
