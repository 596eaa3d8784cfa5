import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ActorCriticBatch, actorCritic } from "../../../src/learning/objectives/actor-critic.js";
import { linear } from "../../../src/network/layers/linear.js";
import { sampledSoftmaxLoss, softmaxLoss } from "../../../src/network/layers/softmax-loss.js";
import { valueLoss } from "../../../src/network/layers/value-loss.js";
import { NetworkDraft } from "../../../src/network/network.js";
import { referenceEngine } from "../../../src/network/reference-engine.js";
import { parseTask } from "../../../src/task/parse-task.js";
import type { TaskSpec } from "../../../src/task/task-spec.js";
import { exampleTask } from "../../task/example-task.js";

const parsed = parseTask(exampleTask);
if (!parsed.ok) throw new Error("the example is valid");
const objective: TaskSpec["learning"]["objective"] = {
  kind: "actor-critic",
  policyWeight: 0.7,
  valueWeight: 0.5,
  entropyWeight: 0.2,
  nextItemWeight: 0.9,
};
const learning = { ...parsed.task.learning, objective };

const ROWS = 3;
const COUNT = 4;
const number = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
const arbitrary = fc.record({
  logits: fc.array(number(3), { minLength: ROWS * COUNT, maxLength: ROWS * COUNT }),
  values: fc.array(number(3), { minLength: ROWS, maxLength: ROWS }),
  targets: fc.array(number(3), { minLength: ROWS, maxLength: ROWS }),
  rewards: fc.array(fc.constantFrom(-1, 0, 1), { minLength: ROWS, maxLength: ROWS }),
  propensities: fc.array(fc.constantFrom(0, 0.01, 0.5, 1), { minLength: ROWS, maxLength: ROWS }),
});

interface Drawn {
  logits: number[];
  values: number[];
  targets: number[];
  rewards: number[];
  propensities: number[];
}

const ITEMS_PER_NEGATIVE = 5;
const ZERO = { kind: "constant", value: 0 } as const;

const batchOf = ({ targets, rewards, propensities }: Drawn): ActorCriticBatch => ({
  targets: Float32Array.from(targets),
  rewards: Float32Array.from(rewards),
  propensities: Float32Array.from(propensities),
});

/** The objective over a network whose parameters are its logits and values: their gradient is that of the outputs. */
function lossOf(
  point: Drawn,
  weights = learning,
  rows = ROWS,
): { loss: number; logits: number[]; values: number[] } {
  const draft = new NetworkDraft(1);
  const identity = draft.input("identity", "states", rows);
  const own = (name: string, columns: number) =>
    linear(draft, { terms: [{ input: identity, weights: draft.parameter(name, rows, columns, ZERO) }] });
  const logits = own("logits", point.logits.length / rows);
  const values = own("values", 1);
  const taken = draft.integers("taken", "states", 1);
  const targets = draft.input("targets", "states", 1);
  const policy = sampledSoftmaxLoss(draft, logits, taken, Math.log(ITEMS_PER_NEGATIVE));
  const choice = softmaxLoss(draft, logits, taken);
  const valueLosses = valueLoss(draft, values, targets);
  const outputs = [values, policy.logProbabilities, policy.entropies, choice.logProbabilities, valueLosses];
  const network = draft.finish(outputs);
  const compiled = referenceEngine.compile(network, { states: rows, candidates: 0 });
  compiled.load(Float32Array.from([...point.logits, ...point.values]));
  for (let row = 0; row < rows; row++) compiled.values(identity).cells[row * (rows + 1)] = 1;
  compiled.values(targets).cells.set(point.targets);
  let loss = Number.NaN;
  compiled.gradient({ states: rows, candidates: 0 }, () => {
    const terms = {
      logPolicy: policy.logProbabilities,
      entropy: policy.entropies,
      logChoice: choice.logProbabilities,
      values,
      valueLosses,
    };
    const cells = (of: "values" | "gradients") => ({
      logPolicy: compiled[of](terms.logPolicy).cells,
      entropy: compiled[of](terms.entropy).cells,
      logChoice: compiled[of](terms.logChoice).cells,
      values: compiled[of](terms.values).cells,
      valueLosses: compiled[of](terms.valueLosses).cells,
    });
    loss = actorCritic(weights, rows, cells("values"), batchOf(point), cells("gradients"));
  });
  const gradient = new Float32Array(network.parameterCount);
  compiled.parameterGradient(gradient);
  const split = point.logits.length;
  return { loss, logits: [...gradient.slice(0, split)], values: [...gradient.slice(split)] };
}

/** The documented loss with w and A held at the drawn point, in double precision. */
function frozenLoss(point: Drawn, logits: readonly number[], values: readonly number[]): number {
  let loss = 0;
  for (let row = 0; row < ROWS; row++) {
    const soft = (offset: number, of: readonly number[]) => {
      const weights = of
        .slice(row * COUNT, (row + 1) * COUNT)
        .map((x, j) => Math.exp(j === 0 ? x : x + offset));
      const sum = weights.reduce((a, b) => a + b);
      return weights.map((weight) => weight / sum);
    };
    const policy = soft(Math.log(5), logits);
    const propensity = Math.fround(point.propensities[row] ?? 0);
    const piThen = soft(Math.log(5), point.logits)[0] ?? 0;
    const weight = propensity > 0 ? Math.min(learning.importanceClip, piThen / propensity) : 1;
    const target = point.targets[row] ?? 0;
    const advantage = target - (point.values[row] ?? 0);
    const entropy = -policy.reduce((sum, p) => sum + p * Math.log(p), 0);
    loss -= objective.policyWeight * weight * advantage * Math.log(policy[0] ?? 0);
    loss += (objective.valueWeight / 2) * ((values[row] ?? 0) - target) ** 2;
    loss -= objective.entropyWeight * entropy;
    if ((point.rewards[row] ?? 0) > 0) loss -= objective.nextItemWeight * Math.log(soft(0, logits)[0] ?? 0);
  }
  return loss / ROWS;
}

describe("the actor-critic objective", () => {
  it("is the loss that its formula says", () => {
    fc.assert(
      fc.property(arbitrary, (point) => {
        const { loss } = lossOf(point);
        expect(loss).toBeCloseTo(frozenLoss(point, point.logits, point.values), 4);
      }),
    );
  });

  it("has output gradients that agree with finite differences, with and without propensities", () => {
    const step = 1e-5;
    fc.assert(
      fc.property(arbitrary, (point) => {
        const gradients = lossOf(point);
        const slope = (change: (by: number) => number) => (change(step) - change(-step)) / (2 * step);
        const moved = (values: readonly number[], i: number, by: number) =>
          values.with(i, (values[i] ?? 0) + by);
        for (let i = 0; i < ROWS * COUNT; i++) {
          const expected = slope((by) => frozenLoss(point, moved(point.logits, i, by), point.values));
          expect(gradients.logits[i]).toBeCloseTo(expected, 3);
        }
        for (let i = 0; i < ROWS; i++) {
          const expected = slope((by) => frozenLoss(point, point.logits, moved(point.values, i, by)));
          expect(gradients.values[i]).toBeCloseTo(expected, 3);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("never weighs an action more than the clip, however small its propensity", () => {
    const weights = { ...learning, objective: { ...objective, entropyWeight: 0, nextItemWeight: 0 } };
    const gradientAt = (propensity: number) =>
      lossOf(
        { logits: [5, 0], values: [0], targets: [1], rewards: [1], propensities: [propensity] },
        weights,
        1,
      ).logits[1] ?? 0;
    expect(gradientAt(1e-9)).toBeCloseTo(gradientAt(1e-3), 6);
    expect(gradientAt(1e-9)).toBeGreaterThan(gradientAt(1));
  });
});
