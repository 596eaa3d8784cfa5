import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { Engine } from "../../src/network/engine.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { createDefaultEngine, createTfjsEngine } from "../../src/network/tfjs-engine.js";
import { seededRandom } from "../../src/random/random.js";
import { engineContract, randomInputs, randomParameters } from "./engine-contract.js";

engineContract("reference", async () => referenceEngine);

let tfjs: Engine;
beforeAll(async () => {
  tfjs = await createTfjsEngine({ backend: "cpu" });
});

it("agrees with TensorFlow.js at every odd size", () => {
  const size = fc.integer({ min: 1, max: 7 });
  fc.assert(
    fc.property(
      fc.record({ features: size, embedding: size, hidden: size, historyLength: size }),
      size,
      size,
      fc.integer(),
      (sizes, rows, candidates, seed) => {
        const shape = { ...sizes, kinds: 8, halfLifeDays: 2 };
        const random = seededRandom(seed);
        const parameters = randomParameters(shape, random);
        const inputs = randomInputs(shape, rows, candidates, random);
        const [a, b] = [referenceEngine, tfjs].map((engine) =>
          engine.gradient(shape, parameters, inputs, (outputs) => outputs),
        );
        if (!a || !b) throw new Error("two engines");
        expectClose(a.outputs.logits, b.outputs.logits);
        expectClose(a.outputs.values, b.outputs.values);
        expectClose(a.gradient, b.gradient);
      },
    ),
    { numRuns: 40 },
  );
});

/** Within 1e-4 of the largest coordinate: TensorFlow.js computes in single precision. */
function expectClose(a: Float32Array, b: Float32Array): void {
  const largest = Math.max(1, ...a.map(Math.abs));
  expect(a.length).toBe(b.length);
  for (const [i, value] of a.entries())
    expect(Math.abs(value - (b[i] ?? Number.NaN)) / largest).toBeLessThan(1e-4);
}

it("is what a device takes by itself where native TensorFlow.js is not installed", async () => {
  expect((await createDefaultEngine()).name).toMatch(/^(reference|tfjs-native)$/);
});
