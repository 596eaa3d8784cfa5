import { describe, expect, it } from "vitest";
import { applyOptimiser } from "../../src/network/optimisers/apply-optimiser.js";
import type { Optimiser } from "../../src/network/optimisers/optimiser.js";

const steps = (optimiser: Optimiser, gradients: readonly (readonly number[])[], start: readonly number[]) => {
  const zeros = () => new Float64Array(start.length);
  const state = { parameters: Float64Array.from(start), gradient: zeros(), first: zeros(), second: zeros() };
  for (const [i, gradient] of gradients.entries()) {
    state.gradient.set(gradient);
    applyOptimiser(optimiser, state, i + 1);
  }
  return [...state.parameters];
};

describe("the optimisers on the device", () => {
  it("SGD steps against the gradient", () => {
    expect(steps({ kind: "sgd", learningRate: 0.5 }, [[2, -4]], [1, 2])).toEqual([0, 4]);
  });

  it("momentum goes on where it was going", () => {
    const optimiser = { kind: "momentum", learningRate: 1, momentum: 0.5 } as const;
    expect(steps(optimiser, [[1], [0], [0]], [0])).toEqual([-1.75]);
  });

  it("Adam's first step is the learning rate in each coordinate, whatever the gradient's size", () => {
    const [a, b] = steps({ kind: "adam", learningRate: 0.1 }, [[1e-3, -1e3]], [0, 0]);
    expect(a).toBeCloseTo(-0.1, 4);
    expect(b).toBeCloseTo(0.1, 4);
  });
});
