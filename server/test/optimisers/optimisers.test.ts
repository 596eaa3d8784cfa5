import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOptimiser } from "../../src/optimisers/create-optimiser.js";

const settings = { learningRate: 0.5, momentum: 0.9, secondMoment: 0.99, adaptivity: 0.1 };
const NAMES = ["fedavg", "fedavgm", "fedadam", "fedyogi"] as const;
type Name = (typeof NAMES)[number];

/** The parameters after each of `means`, one coordinate, from 1. */
function walk(optimiser: Name, means: readonly number[]): number[] {
  const { step } = createOptimiser({ optimiser, ...settings });
  let parameters = Float32Array.of(1);
  let state = new Float32Array(0);
  return means.map((mean) => {
    const next = step(parameters, Float32Array.of(mean), state);
    parameters = new Float32Array(next.parameters);
    state = new Float32Array(next.state);
    return parameters[0] ?? Number.NaN;
  });
}

const expectClose = (actual: number[], expected: number[]) => {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 5);
};

describe("server optimisers, against values worked by hand", () => {
  it("fedavg moves by the learning rate times the mean", () => {
    expectClose(walk("fedavg", [2, -1]), [2, 1.5]);
  });
  it("fedavgm keeps a velocity: 2, then 0.9·2 − 1", () => {
    expectClose(walk("fedavgm", [2, -1]), [2, 2.4]);
  });
  it("fedadam divides 0.1·Δ by √(0.99·0.01 + 0.01·Δ²) + 0.1", () => {
    const v1 = 0.99 * 0.01 + 0.01 * 4;
    const first = 1 + (0.5 * 0.2) / (Math.sqrt(v1) + 0.1);
    const v2 = 0.99 * v1 + 0.01 * 1;
    const second = first + (0.5 * (0.9 * 0.2 - 0.1)) / (Math.sqrt(v2) + 0.1);
    expectClose(walk("fedadam", [2, -1]), [first, second]);
  });
  it("fedyogi adds (1 − β2)·Δ² while v is below Δ² and takes it away above", () => {
    const v1 = 0.01 + 0.01 * 4;
    const first = 1 + (0.5 * 0.2) / (Math.sqrt(v1) + 0.1);
    const v2 = v1 - 0.01 * 0.01;
    const second = first + (0.5 * (0.9 * 0.2 + 0.1 * 0.1)) / (Math.sqrt(v2) + 0.1);
    expectClose(walk("fedyogi", [2, 0.1]), [first, second]);
  });
});

describe.each(NAMES)("%s", (name) => {
  const { step } = createOptimiser({ optimiser: name, ...settings });
  const vector = fc.float32Array({ minLength: 1, maxLength: 8, min: -10, max: 10, noNaN: true });

  it("stays finite, changes no input, and answers the same to the same question", () => {
    fc.assert(
      fc.property(
        vector,
        fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { maxLength: 6 }),
        (start, scales) => {
          let parameters: Float32Array = start;
          let state: Float32Array = new Float32Array(0);
          for (const scale of scales) {
            const mean = start.map((x) => x * scale);
            const before = [parameters.slice(), mean.slice(), state.slice()];
            const next = step(parameters, mean, state);
            expect(step(parameters, mean, state)).toEqual(next);
            expect([parameters, mean, state]).toEqual(before);
            ({ parameters, state } = next);
            expect(parameters.every(Number.isFinite) && state.every(Number.isFinite)).toBe(true);
          }
        },
      ),
    );
  });

  it("stands still at a mean of zero", () => {
    const parameters = Float32Array.of(1, -2, 3);
    expect(step(parameters, new Float32Array(3), new Float32Array(0)).parameters).toEqual(parameters);
  });
});
