import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { CompiledNetwork, Engine } from "../../src/network/engine.js";
import { engineRefusal } from "../../src/network/engine-refusal.js";
import { drawParameters, initialParameters } from "../../src/network/initial-parameters.js";
import { createKernelEngine } from "../../src/network/kernel/kernel-engine.js";
import { NeedsTfjsError } from "../../src/network/needs-tfjs-error.js";
import { circumstanceWidth, type NetworkShape } from "../../src/network/network-shape.js";
import { parameterCount } from "../../src/network/parameter-count.js";
import { type RecommenderNetwork, recommenderNetwork } from "../../src/network/recommender-network.js";
import { referenceEngine } from "../../src/network/reference-engine.js";
import type { Counts } from "../../src/network/tensor.js";
import { taskLayers } from "../../src/network/tfjs/task-layers.js";
import { createTfjsEngine } from "../../src/network/tfjs/tfjs-engine.js";
import { trainingNetwork } from "../../src/network/training-network.js";
import { seededRandom } from "../../src/random/random.js";
import type { LayersSpec } from "../../src/task/layers-spec.js";
import { rowsOf, sizes, writeInputs } from "./engine-contract.js";
import { BUILT_IN_NAMES, meanLayersModel } from "./mean-layers-model.js";

const isSymbolic = (made: unknown): made is tf.SymbolicTensor => made instanceof tf.SymbolicTensor;

let engine: Engine;
beforeAll(async () => {
  engine = await createTfjsEngine({ backend: "cpu" });
});

const builtIn: NetworkShape = {
  features: 4,
  embedding: 3,
  hidden: 5,
  historyLength: 3,
  kinds: 3,
  halfLifeDays: 30,
  encoder: "mean",
};

function own(shape: NetworkShape): NetworkShape & { readonly layers: LayersSpec } {
  const model = meanLayersModel({ ...shape, circumstances: circumstanceWidth(shape) });
  const layers = taskLayers(model);
  model.dispose();
  return { ...shape, layers };
}

/** The built-in flat vector in the order of the own model's weights. */
function reordered(vector: Float32Array, shape: NetworkShape): number[] {
  const { layers, ...plain } = shape;
  const { parameters } = recommenderNetwork(plain);
  return recommenderNetwork(shape).parameters.flatMap(({ name }) => {
    const found = parameters.find((parameter) => parameter.name === BUILT_IN_NAMES[name]);
    if (!found) throw new Error(`no parameter for ${name}`);
    return [...vector.subarray(found.offset, found.offset + found.rows * found.columns)];
  });
}

/** The same inputs for the same seed; as in real ones, padding has no share of the mean. */
function write(network: RecommenderNetwork, compiled: CompiledNetwork, counts: Counts, seed: number): void {
  const { mask, recency } = network.inputs;
  writeInputs({ network, masks: [mask], flags: [], integers: [] }, compiled, counts, seededRandom(seed));
  const { cells } = compiled.values(recency);
  for (const [i, present] of rowsOf(compiled, mask, counts).entries()) if (!present) cells[i] = 0;
}

/** Steps with the same inputs: outputs and gradient of the last, and the parameters after it. */
function train(on: Engine, shape: NetworkShape, counts: Counts, parameters: ArrayLike<number>, steps = 1) {
  const network = trainingNetwork(shape, 4);
  const capacity = { states: counts.states, candidates: counts.states * counts.candidates };
  const compiled = on.compile(network, capacity, { kind: "adam", learningRate: 0.01 });
  compiled.load(Float32Array.from(parameters));
  write(network, compiled, counts, 5);
  for (let step = 0; step < steps; step++) {
    compiled.gradient(counts, () => {
      const random = seededRandom(6);
      for (const output of network.outputs) {
        const { cells } = compiled.gradients(output);
        for (let i = 0; i < rowsOf(compiled, output, counts).length; i++) cells[i] = random.normal();
      }
    });
    compiled.update();
  }
  return {
    outputs: network.outputs.map((output) => rowsOf(compiled, output, counts)),
    ...vectorsOf(compiled),
  };
}

function vectorsOf(compiled: CompiledNetwork) {
  const [gradient, parameters] = [0, 1].map(() => new Float32Array(compiled.network.parameterCount));
  if (!gradient || !parameters) throw new Error("no vectors");
  compiled.parameterGradient(gradient);
  compiled.parameters(parameters);
  return { gradient, parameters };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? 0)) / scale).toBeLessThan(1e-5);
  }
}

describe("a task's own LayersModel", () => {
  it("that is written like a built-in network has its outputs and gradients", () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ states, candidates, historyLength, width, units }, seed) => {
        const shape = { ...builtIn, features: width, embedding: Math.max(2, units), historyLength };
        const random = seededRandom(seed);
        const parameters = drawParameters(recommenderNetwork(shape), seed).map(
          (p) => p + 0.3 * random.normal(),
        );
        const given = own(shape);
        const expected = train(referenceEngine, shape, { states, candidates }, parameters);
        const actual = train(engine, given, { states, candidates }, reordered(parameters, given));
        for (const [i, output] of expected.outputs.entries()) expectClose(actual.outputs[i] ?? [], output);
        expectClose(actual.gradient, reordered(expected.gradient, given));
      }),
      { numRuns: 6 },
    );
  });

  it("learns as that does, step by step", () => {
    const counts = { states: 5, candidates: 3 };
    const given = own(builtIn);
    const random = seededRandom(1);
    const parameters = drawParameters(recommenderNetwork(builtIn), 1).map((p) => p + 0.3 * random.normal());
    const expected = train(referenceEngine, builtIn, counts, parameters, 4);
    const actual = train(engine, given, counts, reordered(parameters, given), 4);
    expectClose(actual.parameters, reordered(expected.parameters, given));
    expect(expected.parameters).not.toEqual(parameters);
  });

  it("has values without any candidate", () => {
    const shape = own(builtIn);
    const network = recommenderNetwork(shape);
    const compiled = engine.compile(network, { states: 2, candidates: 6 });
    compiled.load(drawParameters(network, 3));
    write(network, compiled, { states: 2, candidates: 3 }, 1);
    compiled.forward({ states: 2, candidates: 3 });
    const values = rowsOf(compiled, network.values, { states: 2, candidates: 3 });
    expect(values.some((value) => value !== 0)).toBe(true);
    compiled.values(network.values).cells.fill(0);
    compiled.forward({ states: 2, candidates: 0 });
    expect(rowsOf(compiled, network.values, { states: 2, candidates: 0 })).toEqual(values);
  });

  it("sees zeros where there is no event", () => {
    const input = (name: string, columns: number) => tf.input({ name, shape: [3, columns] });
    const inputs = [input("events", 4), input("circumstances", 4)];
    const candidates = tf.input({ name: "candidates", shape: [null, 4] });
    const flat = tf.layers
      .concatenate()
      .apply(inputs.flatMap((each) => tf.layers.flatten().apply(each)).filter(isSymbolic));
    const outputs = [
      tf.layers.dense({ name: "logits", units: 1 }).apply(candidates),
      tf.layers.dense({ name: "values", units: 1 }).apply(flat),
    ].flat();
    const layers = taskLayers(
      tf.model({ inputs: [...inputs, candidates], outputs: outputs.filter(isSymbolic) }),
    );
    const network = recommenderNetwork({ ...builtIn, layers });
    const compiled = engine.compile(network, { states: 6, candidates: 6 });
    compiled.load(drawParameters(network, 1));
    const counts = { states: 6, candidates: 1 };
    const valuesWith = (garbage: number, present: number) => {
      write(network, compiled, counts, 1);
      const events = network.tensors.find(({ name }) => name === "events");
      for (const tensor of [...(events ? [events] : []), network.inputs.circumstances]) {
        for (const [event, there] of rowsOf(compiled, network.inputs.mask, counts).entries()) {
          compiled.values(tensor).cells.fill(there ? present : garbage, 4 * event, 4 * event + 4);
        }
      }
      compiled.forward(counts);
      return rowsOf(compiled, network.values, counts);
    };
    expect(valuesWith(5, 1)).toEqual(valuesWith(-3, 1));
    expect(valuesWith(5, 1)).not.toEqual(valuesWith(5, 2));
  });

  it("is one set of variables, whoever computes with it, and nobody sees another's parameters", () => {
    const shape = own(builtIn);
    const counts = { states: 2, candidates: 3 };
    const outputs = (compiled: CompiledNetwork) => {
      compiled.forward(counts);
      return compiled.network.outputs.map((output) => rowsOf(compiled, output, counts));
    };
    const make = (seed: number) => {
      const network = recommenderNetwork(shape);
      const compiled = engine.compile(network, { states: 2, candidates: 6 });
      compiled.load(drawParameters(network, seed));
      write(network, compiled, counts, 1);
      return compiled;
    };
    const one = make(1);
    const before = outputs(one);
    const { numTensors } = tf.memory();
    const two = make(2);
    expect(outputs(two)).not.toEqual(before);
    expect(outputs(one)).toEqual(before);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it("takes no more memory the longer it trains and recommends", () => {
    const shape = own(builtIn);
    const pass = () => train(engine, shape, { states: 3, candidates: 2 }, initialParameters(shape, 1));
    pass();
    const { numTensors, numBytes } = tf.memory();
    for (let i = 0; i < 3; i++) pass();
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  });

  it("is counted and drawn without TensorFlow.js, as its weights are stated", () => {
    const shape = own(builtIn);
    const weights = shape.layers.weights.map((weight) =>
      weight.name === "state_skip/kernel"
        ? { ...weight, initial: { kind: "identity", gain: 2 } as const }
        : weight,
    );
    const stated = { ...shape, layers: { ...shape.layers, weights } };
    expect(parameterCount(stated)).toBe(parameterCount(builtIn));
    const drawn = initialParameters(stated, 1);
    expect(initialParameters(stated, 1)).toEqual(drawn);
    expect(initialParameters(stated, 2)).not.toEqual(drawn);
    const { parameters } = recommenderNetwork(stated);
    const block = (name: string) => {
      const {
        offset = 0,
        rows = 0,
        columns = 0,
      } = parameters.find((parameter) => parameter.name === name) ?? {};
      return [...drawn.subarray(offset, offset + rows * columns)];
    };
    expect(block("state_skip/kernel")).toEqual([2, 0, 0, 0, 2, 0, 0, 0, 2]);
    expect(block("value_hidden/bias")).toEqual([0, 0, 0, 0, 0]);
    expect(new Set(block("item/kernel")).size).toBe(12);
  });

  it("is refused by engines of built-in layers, who say what to do", async () => {
    const shape = own(builtIn);
    const engines = [referenceEngine, await createKernelEngine()].flatMap((builtInOnly) => builtInOnly ?? []);
    expect(engines).toHaveLength(2);
    for (const builtInOnly of engines) {
      expect(engineRefusal(builtInOnly, shape)).toMatch(/createTfjsEngine.*@tacit\/client\/tfjs/);
      const compile = () => builtInOnly.compile(recommenderNetwork(shape), { states: 1, candidates: 1 });
      expect(compile).toThrow(NeedsTfjsError);
      expect(engineRefusal(builtInOnly, builtIn)).toBeUndefined();
    }
    expect(engineRefusal(engine, builtIn)).toBeUndefined();
    expect(engineRefusal(engine, shape)).toBeUndefined();
  });
});

describe("a model that does not keep to the contract", () => {
  const changed = (
    change: (topology: string) => string,
    { weights }: Partial<LayersSpec> = {},
  ): NetworkShape => {
    const { layers, ...shape } = own(builtIn);
    return { ...shape, layers: { topology: change(layers.topology), weights: weights ?? layers.weights } };
  };
  const same = (topology: string) => topology;

  it.each<[string, () => NetworkShape, RegExp]>([
    [
      "an input that there is not",
      () => changed((json) => json.replaceAll('"recency"', '"freshness"')),
      /"freshness" is no input/,
    ],
    [
      "another history length",
      () => ({ ...changed(same), historyLength: 2 }),
      /input "events" has shape \[,3,4\]/,
    ],
    [
      "a fixed batch",
      () => changed((json) => json.replace('"batch_input_shape":[null,3]', '"batch_input_shape":[7,3]')),
      /shape/,
    ],
    ["outputs of other names", () => changed((json) => json.replaceAll('"values"', '"worths"')), /outputs/],
    [
      "more weights than are stated, terabytes of them",
      () => changed((json) => json.replaceAll('"units":5', '"units":1000000000')),
      /more weights than are stated/,
    ],
    [
      "weights of another shape",
      () => changed((json) => json.replaceAll('"units":5', '"units":4')),
      /has shape/,
    ],
    [
      "a weight that no layer has",
      () =>
        changed(same, {
          weights: [
            ...own(builtIn).layers.weights,
            { name: "x/kernel", shape: [2], initial: { kind: "constant", value: 0 } },
          ],
        }),
      /no layer has "x\/kernel"/,
    ],
    [
      "a weight that is not stated",
      () => changed((json) => json.replaceAll('"item_bias"', '"popularity"')),
      /"popularity\/kernel" is not stated/,
    ],
    [
      "values of the candidates",
      () =>
        changed((json) =>
          json
            .replace(
              '"output_layers":[["logits",0,0],["values",0,0]]',
              '"output_layers":[["values",0,0],["logits",0,0]]',
            )
            .replaceAll('"logits"', '"swap"')
            .replaceAll('"values"', '"logits"')
            .replaceAll('"swap"', '"values"'),
        ),
      /disconnected/,
    ],
    ["an activation that there is not", () => changed((json) => json.replace('"tanh"', '"evil"')), /evil/],
    [
      "a layer that is not allowed",
      () => changed((json) => json.replace('"class_name":"Dense"', '"class_name":"Hosts"')),
      /model.layers.topology: .*not a functional model/,
    ],
  ])("is refused, and leaves no memory taken: %s", (_, shape, message) => {
    const wrong = shape();
    const { numTensors } = tf.memory();
    expect(engineRefusal(engine, wrong)).toMatch(message);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(() => engine.compile(recommenderNetwork(wrong), { states: 1, candidates: 1 })).toThrow(message);
  });
});

it("a model that TensorFlow.js has no gradients of is refused before anyone trains it", () => {
  const candidates = tf.input({ name: "candidates", shape: [null, 4] });
  const masked = tf.layers.masking({ maskValue: 0 }).apply(tf.layers.dense({ units: 2 }).apply(candidates));
  const recency = tf.input({ name: "recency", shape: [3] });
  const outputs = [
    tf.layers.dense({ name: "logits", units: 1 }).apply(masked),
    tf.layers.dense({ name: "values", units: 1 }).apply(recency),
  ].flat();
  const layers = taskLayers(tf.model({ inputs: [recency, candidates], outputs: outputs.filter(isSymbolic) }));
  expect(engineRefusal(engine, { ...builtIn, layers })).toMatch(/^model\.layers: Cannot compute gradient/);
});

it("a model whose layers make more numbers than a device has room for is refused before it is run", () => {
  const [recency, candidates] = [
    tf.input({ name: "recency", shape: [3] }),
    tf.input({ name: "candidates", shape: [null, 4] }),
  ];
  const wide = tf.layers.dense({ name: "wide", units: 5000 }).apply(candidates);
  const outputs = [
    tf.layers.dense({ name: "logits", units: 1 }).apply(wide),
    tf.layers.dense({ name: "values", units: 1 }).apply(recency),
  ].flat();
  const layers = taskLayers(tf.model({ inputs: [recency, candidates], outputs: outputs.filter(isSymbolic) }));
  expect(engineRefusal(engine, { ...builtIn, layers })).toBe("model.layers: wide: its output is too large");
});

it("a model whose layers make too many numbers together, each few enough, is refused before it is run", () => {
  const [recency, candidates] = [
    tf.input({ name: "recency", shape: [3] }),
    tf.input({ name: "candidates", shape: [null, 4] }),
  ];
  const wide = tf.layers.dense({ name: "wide", units: 2048 });
  const relu = tf.layers.reLU({ name: "again" });
  let hidden = wide.apply(candidates);
  for (let call = 0; call < 4; call++) hidden = relu.apply(hidden);
  const outputs = [
    tf.layers.dense({ name: "logits", units: 1 }).apply(hidden),
    tf.layers.dense({ name: "values", units: 1 }).apply(recency),
  ].flat();
  const layers = taskLayers(tf.model({ inputs: [recency, candidates], outputs: outputs.filter(isSymbolic) }));
  expect(engineRefusal(engine, { ...builtIn, layers })).toBe(
    "model.layers: the outputs of its layers are too large together",
  );
});

it("a model whose small output takes a long product is refused before it is run", () => {
  const [L, F] = [1000, 1000];
  const events = tf.input({ name: "events", shape: [L, F] });
  const candidates = tf.input({ name: "candidates", shape: [null, F] });
  const product = tf.layers.dot({ name: "square", axes: [2, 1] }).apply([events, events]);
  const outputs = [
    tf.layers.dense({ name: "logits", units: 1 }).apply(candidates),
    tf.layers.dense({ name: "values", units: 1 }).apply(tf.layers.globalMaxPooling1d({}).apply(product)),
  ].flat();
  const layers = taskLayers(tf.model({ inputs: [events, candidates], outputs: outputs.filter(isSymbolic) }));
  const shape = { ...builtIn, features: F, historyLength: L, layers };
  expect(engineRefusal(engine, shape)).toBe("model.layers: its Dot layers multiply too often together");
});

it("a model that would keep a device busy for minutes is refused before it is run", () => {
  const [L, F] = [200, 8];
  const events = tf.input({ name: "events", shape: [L, F] });
  const candidates = tf.input({ name: "candidates", shape: [null, F] });
  const long = tf.layers.reshape({ targetShape: [L * F, 1] }).apply(events);
  const state = tf.layers.gru({ name: "slow", units: 2 }).apply(long);
  const outputs = [
    tf.layers.dense({ name: "logits", units: 1 }).apply(candidates),
    tf.layers.dense({ name: "values", units: 1 }).apply(state),
  ].flat();
  const layers = taskLayers(tf.model({ inputs: [events, candidates], outputs: outputs.filter(isSymbolic) }));
  const shape = { ...builtIn, features: F, historyLength: L, layers };
  expect(engineRefusal(engine, shape)).toBe("model.layers: slow: has more than 1024 steps to take");
});

it("a model whose calls of a recurrent layer take too long together is refused before it is run", () => {
  const events = tf.input({ name: "events", shape: [1000, 4] });
  const candidates = tf.input({ name: "candidates", shape: [null, 4] });
  const gru = tf.layers.gru({ name: "deep", units: 4, returnSequences: true });
  let sequence: ReturnType<typeof gru.apply> = events;
  for (let call = 0; call < 5; call++) sequence = gru.apply(sequence);
  const outputs = [
    tf.layers.dense({ name: "logits", units: 1 }).apply(candidates),
    tf.layers.dense({ name: "values", units: 1 }).apply(tf.layers.globalMaxPooling1d({}).apply(sequence)),
  ].flat();
  const layers = taskLayers(tf.model({ inputs: [events, candidates], outputs: outputs.filter(isSymbolic) }));
  expect(engineRefusal(engine, { ...builtIn, historyLength: 1000, layers })).toBe(
    "model.layers: its recurrent layers have too many steps to take together",
  );
});

describe("taskLayers", () => {
  it("has each weight begin much as the model's own", () => {
    const input = tf.input({ name: "events", shape: [2, 4] });
    const dense = (name: string, options: Partial<Parameters<typeof tf.layers.dense>[0]>) =>
      tf.layers.dense({ name, units: 4, useBias: false, ...options });
    const outputs = [
      dense("a", { kernelInitializer: tf.initializers.identity({ gain: 2 }) }),
      dense("b", {
        kernelInitializer: "ones",
        useBias: true,
        biasInitializer: tf.initializers.constant({ value: 3 }),
      }),
      dense("c", { units: 1000, kernelInitializer: tf.initializers.randomNormal({ stddev: 0.25, seed: 1 }) }),
    ].flatMap((layer) => layer.apply(input));
    const symbolic = outputs.filter((output) => output instanceof tf.SymbolicTensor);
    const { weights } = taskLayers(tf.model({ inputs: input, outputs: symbolic }));
    expect(weights.slice(0, 3)).toEqual([
      { name: "a/kernel", shape: [4, 4], initial: { kind: "identity", gain: 2 } },
      { name: "b/kernel", shape: [4, 4], initial: { kind: "constant", value: 1 } },
      { name: "b/bias", shape: [4], initial: { kind: "constant", value: 3 } },
    ]);
    expect(weights[3]).toMatchObject({ name: "c/kernel", initial: { kind: "normal" } });
    const { initial } = weights[3] ?? {};
    expect(initial?.kind === "normal" && initial.deviation).toBeCloseTo(0.25, 2);
  });
});
