import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyOptimiser } from "../../src/network/optimisers/apply-optimiser.js";
import type { Optimiser } from "../../src/network/optimisers/optimiser.js";

const steps = (optimiser: Optimiser, gradients: readonly (readonly number[])[], start: readonly number[]) => {
  const zeros = () => new Float64Array(start.length);
  const state = { parameters: Float64Array.from(start), gradient: zeros(), first: zeros(), second: zeros() };
  for (const [i, gradient] of gradients.entries()) {
    state.gradient.set(gradient);
    applyOptimiser(optimiser, [state], i + 1);
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

  it("shortens a gradient that is too long, over all blocks together, and leaves a shorter one as it is", () => {
    const block = (parameter: number, gradient: number) => ({
      parameters: Float64Array.of(parameter),
      gradient: Float64Array.of(gradient),
      first: new Float64Array(1),
      second: new Float64Array(1),
    });
    const stepped = (gradientClip: number) => {
      const blocks = [block(1, 30), block(2, -40)];
      applyOptimiser({ kind: "sgd", learningRate: 0.1, gradientClip }, blocks, 1);
      return blocks.map(({ parameters }) => parameters[0]);
    };
    expect(stepped(5)).toEqual([1 - 0.1 * 3, 2 + 0.1 * 4]);
    expect(stepped(50)).toEqual([1 - 0.1 * 30, 2 + 0.1 * 40]);
  });

  it("takes no step longer than the rate times the clip, whatever the gradient", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e30, max: 1e30, noNaN: true }), { minLength: 1 }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        (gradient, gradientClip) => {
          const moved = steps(
            { kind: "sgd", learningRate: 0.5, gradientClip },
            [gradient],
            gradient.map(() => 0),
          );
          expect(Math.hypot(...moved)).toBeLessThanOrEqual(0.5 * gradientClip * (1 + 1e-12));
        },
      ),
    );
  });
});
