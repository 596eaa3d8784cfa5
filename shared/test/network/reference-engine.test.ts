import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Network } from "../../src/network/network.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { seededRandom } from "../../src/random/random.js";
import {
  engineContract,
  networkOf,
  randomParameters,
  rowsOf,
  sizes,
  writeInputs,
} from "./engine-contract.js";
import { NETWORKS } from "./networks.js";

engineContract("reference", async () => referenceEngine, 2);

const STEP = 4e-3;

/** Puts the units of the attention encoder's ReLU on one side of its bend or the other, where a step does not cross it. */
function awayFromZero({ parameters }: Network, values: Float32Array): Float32Array {
  const biases = parameters.filter(({ name }) => name.endsWith("feed-forward hidden bias"));
  for (const bias of biases)
    for (let i = 0; i < bias.columns; i++) values[bias.offset + i] = i % 2 === 0 ? 9 : -9;
  return values;
}

describe("the reference engine", () => {
  it.each(Object.keys(NETWORKS).filter((name) => name !== "relu"))(
    "has the gradients of finite differences: %s",
    (name) => {
      fc.assert(
        fc.property(sizes, fc.nat(), (given, seed) => {
          const under = networkOf(name, given);
          const random = seededRandom(seed);
          const counts = { states: given.states, candidates: given.candidates };
          const compiled = referenceEngine.compile(under.network, {
            states: given.states,
            candidates: given.states * given.candidates,
          });
          writeInputs(under, compiled, counts, random);
          const parameters = awayFromZero(under.network, randomParameters(under, random));
          const outputs = () => under.network.outputs.flatMap((output) => rowsOf(compiled, output, counts));

          /** Σ output² / 2, whose derivative by an output is the output. */
          const energy = (values: Float32Array): number => {
            compiled.load(values);
            compiled.forward(counts);
            return outputs().reduce((sum, output) => sum + output ** 2 / 2, 0);
          };
          compiled.load(parameters);
          compiled.gradient(counts, () => {
            for (const output of under.network.outputs) {
              compiled.gradients(output).cells.set(compiled.values(output).cells);
            }
          });
          const gradient = new Float32Array(parameters.length);
          compiled.parameterGradient(gradient);

          const direction = parameters.map(() => random.normal() / Math.sqrt(parameters.length));
          for (const { offset, rows, columns, differentiable } of under.network.parameters) {
            // Nothing is to be known of what is not trained, so that no optimiser moves it.
            if (differentiable) continue;
            expect(gradient.subarray(offset, offset + rows * columns).every((cell) => cell === 0)).toBe(true);
            direction.fill(0, offset, offset + rows * columns);
          }
          const moved = (by: number) => parameters.map((p, i) => p + by * (direction[i] ?? 0));
          const change = (by: number) => energy(moved(by)) - energy(moved(-by));
          const slope = gradient.reduce((sum, g, i) => sum + g * (direction[i] ?? 0), 0);
          // Of fourth order: single precision leaves no room for a shorter step of second order.
          const difference = (8 * change(STEP) - change(2 * STEP)) / (12 * STEP);
          const scale = 1 + Math.abs(slope) + energy(parameters);
          expect(Math.abs(slope - difference) / scale).toBeLessThan(1e-3);
        }),
        { numRuns: 25 },
      );
    },
  );
});
