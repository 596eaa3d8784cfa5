import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boltzmann, temperatureFor } from "../../../src/learning/exploration/boltzmann.js";
import { epsilonGreedy, epsilonGreedyPlaces } from "../../../src/learning/exploration/epsilon-greedy.js";
import { Precision } from "../../../src/learning/exploration/precision.js";
import { SlateWalk, slateProbabilities } from "../../../src/learning/exploration/slate-walk.js";
import { upperConfidence } from "../../../src/learning/exploration/upper-confidence.js";
import { seededRandom } from "../../../src/random/random.js";
import { parseTask } from "../../../src/task/parse-task.js";
import { explorationContract } from "./exploration-contract.js";

const NEW = { ridge: 1, epsilon: 0.1 };

describe.each([
  { kind: "epsilon-greedy", epsilon: 0.3 },
  { kind: "boltzmann", temperature: 0.5 },
  { kind: "boltzmann", temperature: 1, targetEntropy: 0.8 },
  { kind: "ucb", width: 1, ridge: 1, epsilon: 0.3 },
  { kind: "thompson", deviation: 1, ridge: 1, draws: 16, epsilon: 0.3 },
] as const)("%j", explorationContract);

describe("epsilon-greedy in one go", () => {
  it("logs what it would log place by place", () => {
    const scores = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 });
    const epsilons = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(scores, epsilons, fc.nat(), (scores, epsilon, seed) => {
        const slate = epsilonGreedy(scores, 5, epsilon, seededRandom(seed));
        const walk = new SlateWalk({ scores, policy: epsilonGreedyPlaces(epsilon) });
        const places = slate.map(({ place }) => place);
        for (const [k, probability] of slateProbabilities(walk, places).entries()) {
          expect(slate[k]?.propensity).toBeCloseTo(probability, 12);
        }
      }),
    );
  });
});

describe("boltzmann", () => {
  it("is the softmax of scores over the temperature", () => {
    const policy = boltzmann({ kind: "boltzmann", temperature: 2 });
    expect(policy(Float64Array.of(0, 2))[1]).toBeCloseTo(Math.E / (1 + Math.E), 12);
  });

  it("finds the temperature of a target entropy, whatever the scale of the scores", () => {
    const scores = Float64Array.of(3, 1, 0, -2);
    const T = temperatureFor(scores, 0.7);
    expect(
      temperatureFor(
        scores.map((score) => 10 * score),
        0.7,
      ),
    ).toBeCloseTo(10 * T, 6);
    const p = boltzmann({ kind: "boltzmann", temperature: T })(scores);
    expect(-p.reduce((sum, q) => sum + q * Math.log(q), 0)).toBeCloseTo(0.7 * Math.log(4), 6);
  });

  it("meets it at the first place among what rules leave, and keeps the temperature for the places below", () => {
    const scores = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i) + (i < 10 ? 4 : 0));
    const left = scores.map((score, i) => (i < 10 ? Number.NEGATIVE_INFINITY : score));
    const policy = boltzmann({ kind: "boltzmann", temperature: 1, targetEntropy: 0.3 });
    const first = policy(left);
    const entropy = -first.reduce((sum, q) => (q > 0 ? sum + q * Math.log(q) : sum), 0);
    expect(entropy).toBeCloseTo(0.3 * Math.log(190), 6);
    const ratio = (p: Float64Array) => Math.log((p[14] ?? 0) / (p[33] ?? 0));
    const below = policy(left.with(20, Number.NEGATIVE_INFINITY));
    expect(ratio(below)).toBeCloseTo(ratio(first), 6);
  });
});

describe("what the last layer is sure of", () => {
  it("grows with every action that points the same way: √(aᵀ A⁻¹ a)", () => {
    const past = [1, 0, 1, 0, 1, 0];
    const precision = new Precision({ width: 2, past }, 1);
    expect(precision.deviation([1, 0], 0)).toBeCloseTo(1 / Math.sqrt(4), 12);
    expect(precision.deviation([0, 1], 0)).toBeCloseTo(1, 12);
  });

  it("is what draws of the user's vector vary by", () => {
    const precision = new Precision({ width: 2, past: [2, 1, 1, 1] }, 0.5);
    const random = seededRandom(3);
    const a = [0.4, -1.2];
    const draws = Array.from({ length: 20_000 }, () => {
      const [x = 0, y = 0] = precision.draw(random);
      return ((a[0] ?? 0) * x + (a[1] ?? 0) * y) ** 2;
    });
    const variance = draws.reduce((sum, square) => sum + square, 0) / draws.length;
    expect(Math.sqrt(variance) / precision.deviation(a, 0)).toBeCloseTo(1, 1);
  });

  it("makes ucb prefer, of two items with one score, the one that less is known of", () => {
    const embeddings = { width: 2, candidates: [1, 0, 0, 1], past: [1, 0, 1, 0] };
    const policy = upperConfidence({ kind: "ucb", width: 1, ...NEW }, embeddings);
    const [known = 1, unknown = 0] = policy(Float64Array.of(0, 0));
    expect(known).toBeCloseTo(0.05, 12);
    expect(unknown).toBeCloseTo(0.95, 12);
  });
});

describe("an exploration section", () => {
  const catalogue = { features: [{ name: "genre", kind: "categorical", values: ["drama"] }] };
  const parse = (exploration: unknown) => parseTask({ name: "films", catalogue, exploration });

  it("is epsilon-greedy with 0.1 where nothing is said, and whole where a kind is", () => {
    expect(parse(undefined)).toMatchObject({
      task: { exploration: { kind: "epsilon-greedy", epsilon: 0.1 } },
    });
    expect(parse({ epsilon: 0.2 })).toMatchObject({
      task: { exploration: { kind: "epsilon-greedy", epsilon: 0.2 } },
    });
    expect(parse({ kind: "thompson" })).toMatchObject({
      task: { exploration: { deviation: 1, ridge: 1, draws: 16, epsilon: 0.05 } },
    });
  });

  it.each([
    [{ kind: "softmax" }, "exploration.kind"],
    [{ kind: "boltzmann", temperature: 0 }, "exploration.temperature"],
    [{ kind: "boltzmann", targetEntropy: 1 }, "exploration.targetEntropy"],
    [{ kind: "thompson", draws: 1000 }, "exploration.draws"],
    [{ kind: "ucb", temperature: 1 }, "exploration.temperature"],
  ])("that says %j is refused by its field", (exploration, field) => {
    expect(parse(exploration)).toMatchObject({ ok: false, problems: [{ field }] });
  });
});
