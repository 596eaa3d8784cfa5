import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompiledNetwork, Engine } from "../../src/network/engine.js";
import { drawParameters } from "../../src/network/initial-parameters.js";
import type { Optimiser } from "../../src/network/optimisers/optimiser.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import { type Counts, rowCount, type Tensor } from "../../src/network/tensor.js";
import { type Random, seededRandom } from "../../src/random/random.js";
import { NETWORKS, type NetworkUnderTest, type Sizes } from "./networks.js";

export const sizes: fc.Arbitrary<Sizes> = fc.record({
  states: fc.integer({ min: 1, max: 6 }),
  candidates: fc.integer({ min: 1, max: 7 }),
  historyLength: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 1, max: 19 }),
  units: fc.integer({ min: 1, max: 18 }),
});

/** Parameters that are nowhere zero, so that every path carries a gradient. */
export function randomParameters({ network }: NetworkUnderTest, random: Random): Float32Array {
  return drawParameters(network, 1).map((value) => value + 0.15 * random.normal());
}

/**
 * The same inputs for every engine that is given the same seed; small enough that logits stay where single precision tells
 * them apart by 1e-5.
 */
export function writeInputs(
  { network, masks, flags, integers }: NetworkUnderTest,
  to: CompiledNetwork,
  counts: Counts,
  random: Random,
): void {
  for (const tensor of network.tensors) {
    if (tensor.differentiable || typeof tensor.rows === "number") continue;
    const rows = rowCount(tensor.rows, counts, network.historyLength);
    const { cells, stride } = to.values(tensor);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < tensor.columns; column++) {
        const drawn = random.normal();
        cells[row * stride + column] = flags.includes(tensor) ? (drawn > 0 ? 1 : 0) : drawn / 2;
      }
    }
    if (masks.includes(tensor)) maskTail(cells, counts.states, network.historyLength, random);
  }
  for (const { indices, values } of integers) to.indices(indices).set(values());
}

function maskTail(cells: Float32Array | Float64Array, states: number, length: number, random: Random): void {
  for (let b = 0; b < states; b++) {
    const events = random.integer(length + 1);
    for (let t = 0; t < length; t++) cells[b * length + t] = t < events ? 1 : 0;
  }
}

interface Run {
  readonly outputs: readonly number[][];
  readonly gradient: Float32Array;
}

export const rowsOf = (compiled: CompiledNetwork, tensor: Tensor, counts: Counts): number[] => {
  const { cells, stride } = compiled.values(tensor);
  const rows = rowCount(tensor.rows, counts, compiled.network.historyLength);
  return Array.from({ length: rows * tensor.columns }, (_, i) => {
    return cells[Math.floor(i / tensor.columns) * stride + (i % tensor.columns)] ?? Number.NaN;
  });
};

/** One pass with random inputs, and random output gradients as the objective. */
function run(
  engine: Engine,
  given: Sizes,
  name: string,
  seed: number,
  spare = 0,
): Run & { compiled: CompiledNetwork } {
  const under = networkOf(name, given);
  const random = seededRandom(seed);
  const counts = { states: given.states, candidates: given.candidates };
  const compiled = engine.compile(under.network, {
    states: given.states + spare,
    candidates: given.states * given.candidates + spare,
  });
  compiled.load(randomParameters(under, random));
  writeInputs(under, compiled, counts, random);
  compiled.gradient(counts, () => {
    for (const output of under.network.outputs) {
      const { cells, stride } = compiled.gradients(output);
      const rows = rowCount(output.rows, counts, given.historyLength);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < output.columns; column++)
          cells[row * stride + column] = random.normal();
      }
    }
  });
  const gradient = new Float32Array(under.network.parameterCount);
  compiled.parameterGradient(gradient);
  return {
    compiled,
    gradient,
    outputs: under.network.outputs.map((output) => rowsOf(compiled, output, counts)),
  };
}

export function networkOf(name: string, given: Sizes): NetworkUnderTest {
  const draw = NETWORKS[name];
  if (!draw) throw new Error(`no network ${name}`);
  return draw(given);
}

/** Each number differs by at most 1e-5 of the largest of its kind. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? 0)) / scale).toBeLessThan(1e-5);
  }
}

/** What every engine must do: compute what the reference engine computes, for every layer, encoder and size. */
export function engineContract(name: string, create: () => Promise<Engine>, numRuns = 30): void {
  describe(`${name} engine`, () => {
    const engine = create();

    it.each(Object.keys(NETWORKS))("agrees with the reference, forward and backward: %s", async (network) => {
      const own = await engine;
      fc.assert(
        fc.property(sizes, fc.nat(), fc.integer({ min: 0, max: 3 }), (given, seed, spare) => {
          const expected = run(referenceEngine, given, network, seed);
          const actual = run(own, given, network, seed, spare);
          for (const [i, output] of expected.outputs.entries()) expectClose(actual.outputs[i] ?? [], output);
          expectClose(actual.gradient, expected.gradient);
        }),
        // Close to zero it is a matter of rounding which side of a ReLU one is on: the same cases every time.
        { numRuns, ...(/relu|attention/.test(network) && { seed: 1 }) },
      );
    });

    it.each<Optimiser>([
      { kind: "sgd", learningRate: 0.02 },
      { kind: "momentum", learningRate: 0.01, momentum: 0.9 },
      { kind: "adam", learningRate: 0.01 },
      { kind: "sgd", learningRate: 0.02, gradientClip: 0.25 },
      { kind: "adam", learningRate: 0.01, gradientClip: 0.25 },
    ])(
      "takes the steps of $kind, gradients no longer than $gradientClip, and begins anew with new parameters",
      async (optimiser) => {
        const given: Sizes = { states: 5, candidates: 3, historyLength: 3, width: 5, units: 7 };
        const trained = async (on: Engine) => {
          const under = networkOf("recommender, gru", given);
          const counts = { states: given.states, candidates: given.candidates };
          const compiled = on.compile(under.network, { states: 5, candidates: 15 }, optimiser);
          const parameters = randomParameters(under, seededRandom(3));
          const results = [0, 1].map(() => {
            compiled.load(parameters);
            writeInputs(under, compiled, counts, seededRandom(4));
            for (let step = 0; step < 4; step++) {
              compiled.gradient(counts, () => {
                for (const output of under.network.outputs) compiled.gradients(output).cells.fill(0.1, 0, 5);
              });
              compiled.update();
            }
            const into = new Float32Array(parameters.length);
            compiled.parameters(into);
            return into;
          });
          expect(results[1]).toEqual(results[0]);
          expect(results[0]).not.toEqual(parameters);
          return results[0] ?? new Float32Array();
        };
        expectClose(await trained(await engine), await trained(referenceEngine));
      },
    );

    it("is as new once it is given parameters, even after a training that ran off to infinity", async () => {
      const given: Sizes = { states: 5, candidates: 3, historyLength: 3, width: 23, units: 7 };
      const counts = { states: given.states, candidates: given.candidates };
      const own = await engine;
      for (const network of Object.keys(NETWORKS).filter((key) => key.startsWith("recommender"))) {
        const under = networkOf(network, given);
        const parameters = randomParameters(under, seededRandom(3));
        const gradientOf = (compiled: CompiledNetwork) => {
          compiled.load(parameters);
          compiled.gradient(counts, () => {
            for (const output of under.network.outputs) compiled.gradients(output).cells.fill(0.1, 0, 5);
          });
          const gradient = new Float32Array(parameters.length);
          compiled.parameterGradient(gradient);
          return {
            gradient,
            outputs: under.network.outputs.map((output) => rowsOf(compiled, output, counts)),
          };
        };
        const compile = () => {
          const compiled = own.compile(
            under.network,
            { states: 5, candidates: 15 },
            { kind: "sgd", learningRate: 1e30 },
          );
          writeInputs(under, compiled, counts, seededRandom(4));
          return compiled;
        };
        const compiled = compile();
        for (let step = 0; step < 4; step++) {
          if (step === 0) gradientOf(compiled);
          compiled.gradient(counts, () => {
            for (const output of under.network.outputs) compiled.gradients(output).cells.fill(1, 0, 5);
          });
          compiled.update();
        }
        const ruined = new Float32Array(parameters.length);
        compiled.parameters(ruined);
        expect(ruined.every(Number.isFinite)).toBe(false);
        expect(gradientOf(compiled)).toEqual(gradientOf(compile()));
      }
    });

    it("does not see what lies behind the mask", async () => {
      const given: Sizes = { states: 3, candidates: 2, historyLength: 4, width: 3, units: 4 };
      const sequential = /^recommender, (gru|lstm|attention.*)$/;
      for (const network of Object.keys(NETWORKS).filter((key) => sequential.test(key))) {
        const { compiled, outputs } = run(await engine, given, network, 7);
        const under = networkOf(network, given);
        const [mask] = under.masks;
        const events = under.network.tensors.find(({ name: tensor }) => tensor === "events");
        const recency = under.network.tensors.find(({ name: tensor }) => tensor === "recency");
        if (!mask || !events || !recency) throw new Error("not a recommender");
        const counts = { states: given.states, candidates: given.candidates };
        const clean = (garbage: number) => {
          const { cells, stride } = compiled.values(events);
          for (let i = 0; i < given.states * given.historyLength; i++) {
            if (compiled.values(mask).cells[i]) continue;
            cells.fill(garbage, i * stride, i * stride + given.width);
            compiled.values(recency).cells[i] = 0;
          }
          compiled.forward(counts);
          return under.network.outputs.map((output) => rowsOf(compiled, output, counts));
        };
        expect(clean(5)).toEqual(clean(-3));
        expect(outputs.length).toBeGreaterThan(0);
      }
    });

    it("gives finite outputs for states without any event, and values without any candidate", async () => {
      const given: Sizes = { states: 2, candidates: 3, historyLength: 2, width: 5, units: 4 };
      for (const network of Object.keys(NETWORKS).filter((key) => key.startsWith("recommender"))) {
        const under = networkOf(network, given);
        const compiled = (await engine).compile(under.network, { states: 2, candidates: 6 });
        compiled.load(randomParameters(under, seededRandom(1)));
        compiled.forward({ states: 2, candidates: 3 });
        const [logits, values] = under.network.outputs;
        if (!logits || !values) throw new Error("not a recommender");
        const before = rowsOf(compiled, values, { states: 2, candidates: 3 });
        const scores = rowsOf(compiled, logits, { states: 2, candidates: 3 });
        expect([...before, ...scores].every(Number.isFinite)).toBe(true);
        compiled.forward({ states: 2, candidates: 0 });
        expect(rowsOf(compiled, values, { states: 2, candidates: 0 })).toEqual(before);
      }
    });
  });
}
