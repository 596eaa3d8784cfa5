import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Engine, NetworkInputs, NetworkOutputs } from "../../src/network/engine.js";
import { initialParameters } from "../../src/network/initial-parameters.js";
import { parameterCount } from "../../src/network/network-layout.js";
import type { NetworkShape } from "../../src/network/network-shape.js";
import { type Random, seededRandom } from "../../src/random/random.js";

export const shapes = fc.record({
  features: fc.integer({ min: 1, max: 9 }),
  embedding: fc.integer({ min: 2, max: 7 }),
  hidden: fc.integer({ min: 2, max: 6 }),
  historyLength: fc.integer({ min: 1, max: 5 }),
  kinds: fc.constant(8),
  halfLifeDays: fc.constant(30),
});

/** Parameters that are nowhere zero, so that every path carries a gradient. */
export function randomParameters(shape: NetworkShape, random: Random): Float32Array {
  return initialParameters(shape, 1).map((value) => value + 0.2 * random.normal());
}

export function randomInputs(
  shape: NetworkShape,
  rows: number,
  candidateCount: number,
  random: Random,
): NetworkInputs {
  const normals = (length: number) => Float32Array.from({ length }, () => random.normal());
  const { historyLength: L, features: F } = shape;
  const mask = new Float32Array(rows * L);
  for (let row = 0; row < rows; row++) {
    const events = random.integer(L + 1);
    mask.fill(1, row * L, row * L + events);
  }
  return {
    rows,
    candidateCount,
    history: normals(rows * L * F),
    kinds: Uint8Array.from({ length: rows * L }, () => random.integer(8)),
    ages: normals(rows * L).map((age) => 10 * Math.abs(age)),
    mask,
    candidates: normals(rows * candidateCount * F),
  };
}

/** Σ logits² / 2 + Σ values² / 2, whose output gradients are the outputs. */
const energy = ({ logits, values }: NetworkOutputs): number =>
  [...logits, ...values].reduce((sum, output) => sum + (output * output) / 2, 0);

/** What every engine must do. */
export function engineContract(name: string, create: () => Promise<Engine>): void {
  describe(`${name} engine`, () => {
    const engine = create();
    const cases = fc.record({
      shape: shapes,
      rows: fc.integer({ min: 1, max: 5 }),
      candidateCount: fc.integer({ min: 1, max: 6 }),
      seed: fc.nat(),
    });

    it("agrees with finite differences along random directions, for every size", async () => {
      const { forward, gradient } = await engine;
      fc.assert(
        fc.property(cases, ({ shape, rows, candidateCount, seed }) => {
          const random = seededRandom(seed);
          const parameters = randomParameters(shape, random);
          const inputs = randomInputs(shape, rows, candidateCount, random);
          const result = gradient(shape, parameters, inputs, (outputs) => outputs);
          expect(result.gradient.length).toBe(parameterCount(shape));
          const direction = Float32Array.from(
            parameters,
            () => random.normal() / Math.sqrt(parameters.length),
          );
          const slope = result.gradient.reduce((sum, g, i) => sum + g * (direction[i] ?? 0), 0);
          const step = 2e-2;
          const moved = (by: number) =>
            energy(
              forward(
                shape,
                parameters.map((p, i) => p + by * (direction[i] ?? 0)),
                inputs,
              ),
            );
          const difference =
            (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step);
          const scale = 1 + Math.abs(slope) + energy(result.outputs);
          expect(Math.abs(slope - difference) / scale).toBeLessThan(2e-3);
        }),
        { numRuns: 40 },
      );
    });

    it("ignores padding: what lies behind the mask changes nothing", async () => {
      const { forward } = await engine;
      fc.assert(
        fc.property(cases, ({ shape, rows, candidateCount, seed }) => {
          const random = seededRandom(seed);
          const parameters = randomParameters(shape, random);
          const inputs = randomInputs(shape, rows, candidateCount, random);
          const before = forward(shape, parameters, inputs);
          const history = inputs.history.map((value, i) =>
            inputs.mask[Math.floor(i / shape.features)] ? value : 7,
          );
          const after = forward(shape, parameters, { ...inputs, history });
          for (const [i, logit] of before.logits.entries()) expect(after.logits[i]).toBeCloseTo(logit, 4);
          for (const [i, value] of before.values.entries()) expect(after.values[i]).toBeCloseTo(value, 4);
        }),
        { numRuns: 25 },
      );
    });

    it("gives finite outputs for a state without any event", async () => {
      const { forward } = await engine;
      const shape: NetworkShape = {
        features: 5,
        embedding: 4,
        hidden: 3,
        historyLength: 2,
        kinds: 8,
        halfLifeDays: 1,
      };
      const inputs = randomInputs(shape, 2, 3, seededRandom(1));
      inputs.mask.fill(0);
      const outputs = forward(shape, randomParameters(shape, seededRandom(2)), inputs);
      expect([...outputs.logits, ...outputs.values].every(Number.isFinite)).toBe(true);
    });

    it("scores each candidate on its own: rows in another order give logits in that order", async () => {
      const { forward } = await engine;
      const shape: NetworkShape = {
        features: 5,
        embedding: 4,
        hidden: 3,
        historyLength: 2,
        kinds: 8,
        halfLifeDays: 1,
      };
      const inputs = randomInputs(shape, 1, 4, seededRandom(3));
      const parameters = randomParameters(shape, seededRandom(4));
      const reversed = Float32Array.from(
        [3, 2, 1, 0].flatMap((c) => [...inputs.candidates.subarray(c * 5, c * 5 + 5)]),
      );
      const logits = forward(shape, parameters, inputs).logits;
      const other = forward(shape, parameters, { ...inputs, candidates: reversed }).logits;
      for (const [i, logit] of logits.entries()) expect(other[3 - i]).toBeCloseTo(logit, 5);
    });
  });
}
