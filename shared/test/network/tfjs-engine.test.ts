import { expect, it } from "vitest";
import { createTfjsEngine } from "../../src/network/tfjs-engine.js";
import { seededRandom } from "../../src/random/random.js";
import { engineContract, randomInputs, randomParameters } from "./engine-contract.js";

engineContract("tfjs wasm", () => createTfjsEngine({ backend: "wasm" }));

it("takes the first backend that starts and says which", async () => {
  expect((await createTfjsEngine()).name).toMatch(/^tfjs-(native|wasm|cpu)$/);
});

it("leaks no tensors, step after step", async () => {
  const tf = await import("@tensorflow/tfjs");
  const engine = await createTfjsEngine({ backend: "wasm" });
  const shape = { features: 5, embedding: 4, hidden: 3, historyLength: 2, kinds: 8, halfLifeDays: 1 };
  const parameters = randomParameters(shape, seededRandom(1));
  const inputs = randomInputs(shape, 2, 3, seededRandom(2));
  const step = () => {
    engine.gradient(shape, parameters, inputs, (outputs) => outputs);
    engine.forward(shape, parameters, inputs);
    return tf.memory().numTensors;
  };
  const before = step();
  for (let i = 0; i < 5; i++) step();
  expect(step()).toBe(before);
});
