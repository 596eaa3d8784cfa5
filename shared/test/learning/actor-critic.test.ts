import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ActorCriticBatch, actorCritic } from "../../src/learning/actor-critic.js";
import { parseTask } from "../../src/task/parse-task.js";
import { exampleTask } from "../task/example-task.js";

const parsed = parseTask(exampleTask);
if (!parsed.ok) throw new Error("the example is valid");
const learning = {
  ...parsed.task.learning,
  policyWeight: 0.7,
  valueWeight: 0.5,
  entropyWeight: 0.2,
  nextItemWeight: 0.9,
};

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

const batchOf = ({ targets, rewards, propensities }: Drawn): ActorCriticBatch => ({
  targets: Float32Array.from(targets),
  rewards: Float32Array.from(rewards),
  propensities: Float32Array.from(propensities),
  itemsPerNegative: 5,
});
const outputsOf = ({ logits, values }: Drawn) => ({
  logits: Float32Array.from(logits),
  values: Float32Array.from(values),
});

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
    loss -= learning.policyWeight * weight * advantage * Math.log(policy[0] ?? 0);
    loss += (learning.valueWeight / 2) * ((values[row] ?? 0) - target) ** 2;
    loss -= learning.entropyWeight * entropy;
    if ((point.rewards[row] ?? 0) > 0) loss -= learning.nextItemWeight * Math.log(soft(0, logits)[0] ?? 0);
  }
  return loss / ROWS;
}

describe("the actor-critic objective", () => {
  it("returns the loss that its formula says", () => {
    fc.assert(
      fc.property(arbitrary, (point) => {
        const { loss } = actorCritic(learning, outputsOf(point), batchOf(point));
        expect(loss).toBeCloseTo(frozenLoss(point, point.logits, point.values), 4);
      }),
    );
  });

  it("returns output gradients that agree with finite differences, with and without propensities", () => {
    const step = 1e-5;
    fc.assert(
      fc.property(arbitrary, (point) => {
        const { gradients } = actorCritic(learning, outputsOf(point), batchOf(point));
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
    const outputs = { logits: Float32Array.of(5, 0), values: Float32Array.of(0) };
    const gradientAt = (propensity: number) =>
      actorCritic({ ...learning, entropyWeight: 0, nextItemWeight: 0 }, outputs, {
        targets: Float32Array.of(1),
        rewards: Float32Array.of(1),
        propensities: Float32Array.of(propensity),
        itemsPerNegative: 1,
      }).gradients.logits[1] ?? 0;
    expect(gradientAt(1e-9)).toBeCloseTo(gradientAt(1e-3), 6);
    expect(gradientAt(1e-9)).toBeGreaterThan(gradientAt(1));
  });
});
