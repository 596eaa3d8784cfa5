import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.js";
import { best } from "../../src/learning/best.js";
import { epsilonGreedy } from "../../src/learning/exploration/epsilon-greedy.js";
import { type LocalTrainingOptions, trainLocally } from "../../src/learning/local-training.js";
import { policyScores } from "../../src/learning/policy-scores.js";
import { currentState } from "../../src/learning/state.js";
import { createTaskModel } from "../../src/learning/task-model.js";
import { initialParameters } from "../../src/network/initial-parameters.js";
import { networkShape } from "../../src/network/network-shape.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { seededRandom } from "../../src/random/random.js";
import { parseTask } from "../../src/task/parse-task.js";

describe("epsilon-greedy", () => {
  it("shows every slate as often as the product of its propensities says", () => {
    const random = seededRandom(3);
    const draws = 60_000;
    const seen = new Map<string, { count: number; probability: number }>();
    for (let i = 0; i < draws; i++) {
      const slate = epsilonGreedy([0, 3, 3, 1], 2, 0.3, random);
      const key = slate.map(({ place }) => place).join();
      const probability = slate.reduce((product, { propensity }) => product * propensity, 1);
      const known = seen.get(key);
      expect(known?.probability ?? probability).toBeCloseTo(probability, 12);
      seen.set(key, { count: (known?.count ?? 0) + 1, probability });
    }
    expect(seen.size).toBe(12);
    let chiSquare = 0;
    let total = 0;
    for (const { count, probability } of seen.values()) {
      chiSquare += (count - draws * probability) ** 2 / (draws * probability);
      total += probability;
    }
    expect(total).toBeCloseTo(1, 10);
    // The 99.99% point of chi-square with 11 degrees of freedom.
    expect(chiSquare).toBeLessThan(37.4);
  });

  it.each([
    [0, 1],
    [1, 1 / 5],
  ])("with epsilon %d shows the best first with probability %d", (epsilon, propensity) => {
    const [first] = epsilonGreedy([1, 2, 3, 4, 5], 1, epsilon, seededRandom(1));
    expect(first?.propensity).toBeCloseTo(propensity, 12);
  });

  it("shows each item once, and no more than there are", () => {
    const slate = epsilonGreedy([1, 2, 3], 10, 0.5, seededRandom(2));
    expect(new Set(slate.map(({ place }) => place)).size).toBe(3);
  });
});

describe("the best of many scores", () => {
  it("are those of a whole sort, in its order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 })),
        fc.integer({ min: 1, max: 12 }),
        (scores, count) => {
          const sorted = scores
            .map((_, place) => place)
            .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
          expect(best(scores, count)).toEqual(sorted.slice(0, count));
        },
      ),
    );
  });
});

describe("training on the device", () => {
  const parsed = parseTask({
    name: "films",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: ["drama", "comedy"] }] },
    model: { embedding: 4, hidden: 4, historyLength: 3 },
    learning: { localSteps: 60, batchSize: 8, learningRate: 0.05, candidates: 7, minimumInteractions: 5 },
  });
  if (!parsed.ok) throw new Error("valid");
  const { task } = parsed;
  const items = Array.from({ length: 20 }, (_, i) => ({
    id: `i${i}`,
    features: { genre: i % 2 === 0 ? "drama" : "comedy" },
  }));
  const catalogue = createCatalogue(task.catalogue.features, items);
  const model = createTaskModel({ task, catalogue, engine: referenceEngine });
  const parameters = initialParameters(networkShape(task), 1);
  const history = Array.from(
    { length: 12 },
    (_, i) => ({ kind: "click", itemId: `i${2 * (i % 8)}`, at: i * 1000 }) as const,
  );
  const options = (seed: number): LocalTrainingOptions => ({
    model,
    parameters,
    history,
    random: seededRandom(seed),
  });
  const dramaShare = (trained: Float32Array) => {
    const state = currentState(task, catalogue, history, 1e6);
    const { logits } = policyScores(
      model,
      trained,
      state,
      Int32Array.from(items, (_, i) => i),
    );
    const weights = Array.from(logits, (logit) => Math.exp(logit - Math.max(...logits)));
    const sum = (from: readonly number[]) => from.reduce((a, b) => a + b, 0);
    return sum(weights.filter((_, i) => i % 2 === 0)) / sum(weights);
  };

  it("learns what the history likes", () => {
    const result = trainLocally(options(1));
    if (!result.ok) throw new Error(result.refused);
    expect(result).toMatchObject({ steps: 60, transitions: 12, meanReward: 1 });
    expect(dramaShare(result.parameters)).toBeGreaterThan(dramaShare(parameters) + 0.1);
    expect(dramaShare(result.parameters)).toBeGreaterThan(0.8);
  });

  it("is the same for the same seed, another for another, and leaves the received parameters alone", () => {
    const before = parameters.slice();
    const [a, b, c] = [trainLocally(options(1)), trainLocally(options(1)), trainLocally(options(2))];
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(parameters).toEqual(before);
  });

  it("does not run off with large steps where the length of gradients is limited", () => {
    const far = (gradientClip: number | undefined) => {
      const learning = { ...task.learning, optimiser: "sgd", learningRate: 10, gradientClip } as const;
      const steep = createTaskModel({ task: { ...task, learning }, catalogue, engine: referenceEngine });
      const result = trainLocally({ ...options(1), model: steep });
      if (!result.ok) throw new Error(result.refused);
      return Math.hypot(...result.parameters.map((value, i) => value - (parameters[i] ?? 0)));
    };
    expect(far(undefined)).not.toBeLessThan(1e3);
    expect(far(0.01)).toBeLessThanOrEqual(60 * 10 * 0.01 * 1.0001);
  });

  it("refuses to train on too little", () => {
    const few = { ...options(1), history: history.slice(0, 4) };
    expect(trainLocally(few)).toEqual({ ok: false, refused: "too-few-interactions", transitions: 4 });
  });
});
