import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawParameters, initialParameters } from "../../src/network/initial-parameters.js";
import type { NetworkShape } from "../../src/network/network-shape.js";
import { type RecommenderNetwork, recommenderNetwork } from "../../src/network/recommender-network.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { seededRandom } from "../../src/random/random.js";
import { rowsOf, writeInputs } from "./engine-contract.js";

const SHAPE: NetworkShape = {
  features: 3,
  embedding: 6,
  hidden: 4,
  historyLength: 3,
  kinds: 8,
  halfLifeDays: 30,
  encoder: "attention",
};
const COUNTS = { states: 4, candidates: 2 };

const sha256 = (vector: Float32Array) =>
  createHash("sha256").update(new Uint8Array(vector.buffer)).digest("hex");

/** Logits and values for random inputs. */
function outputsOf(network: RecommenderNetwork, parameters: Float32Array): number[] {
  const compiled = referenceEngine.compile(network, { states: 4, candidates: 8 });
  writeInputs(
    { network, masks: [network.inputs.mask], flags: [], integers: [] },
    compiled,
    COUNTS,
    seededRandom(1),
  );
  compiled.load(parameters);
  compiled.forward(COUNTS);
  return network.outputs.flatMap((output) => rowsOf(compiled, output, COUNTS));
}

describe("the attention encoder", () => {
  it("has one head and one block when a task does not say, in the layout of models that were trained before it could", () => {
    const plain = initialParameters(SHAPE, 5);
    expect(sha256(plain)).toBe("7faa4c7b6f4cf6a34f34fe5e6e20f555d7c077444c7f24bee0a8b0c041634d53");
    expect(initialParameters({ ...SHAPE, heads: 1, blocks: 1 }, 5)).toEqual(plain);
  });

  it("has as many parameters with any number of heads, and the same more with each block", () => {
    const count = (more: Partial<NetworkShape>) => recommenderNetwork({ ...SHAPE, ...more }).parameterCount;
    for (const heads of [2, 3, 6]) expect(count({ heads })).toBe(count({}));
    expect(count({ blocks: 3 }) - count({ blocks: 2 })).toBe(count({ blocks: 2 }) - count({}));
  });

  it("is as it was before a block that nothing has been added to: stacking begins from what there is", () => {
    const [one, three] = [recommenderNetwork(SHAPE), recommenderNetwork({ ...SHAPE, blocks: 3 })];
    const parameters = drawParameters(three, 1);
    const named = new Map(one.parameters.map((parameter) => [parameter.name, parameter]));
    const before = new Float32Array(one.parameterCount);
    for (const { name, offset, rows, columns } of three.parameters) {
      const same = named.get(name);
      if (same) before.set(parameters.subarray(offset, offset + rows * columns), same.offset);
    }
    expect(outputsOf(three, parameters)).toEqual(outputsOf(one, before));
  });

  it("concatenates its heads: those that look alike are one head of all their columns", () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 3, 6), fc.nat(), (heads, seed) => {
        const random = seededRandom(seed);
        const [one, several] = [recommenderNetwork(SHAPE), recommenderNetwork({ ...SHAPE, heads })];
        const single = drawParameters(one, seed).map((value) => value + 0.3 * random.normal());
        const split = new Float32Array(several.parameterCount);
        const width = SHAPE.embedding / heads;
        for (const parameter of several.parameters) {
          const [, part = "", number = "1"] =
            /^(query|key|seen|attended)(?: (\d+))?$/.exec(parameter.name) ?? [];
          const whole = one.parameters.find(({ name }) => name === (part || parameter.name));
          if (!whole) throw new Error(parameter.name);
          const first = width * (Number(number) - 1);
          for (let row = 0; row < parameter.rows; row++) {
            for (let column = 0; column < parameter.columns; column++) {
              const [r, c] = part === "attended" ? [row + first, column] : [row, column + (part ? first : 0)];
              // Nobody asks for anything: every event before is looked at alike.
              split[parameter.offset + row * parameter.columns + column] =
                part === "query" ? 0 : (single[whole.offset + r * whole.columns + c] ?? 0);
            }
          }
        }
        const query = one.parameters.find(({ name }) => name === "query");
        if (query) single.fill(0, query.offset, query.offset + query.rows * query.columns);
        const expected = outputsOf(one, single);
        for (const [i, value] of outputsOf(several, split).entries())
          expect(value).toBeCloseTo(expected[i] ?? 0, 5);
      }),
      { numRuns: 10 },
    );
  });
});
