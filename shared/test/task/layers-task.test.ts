import { describe, expect, it } from "vitest";
import { layersProblems } from "../../src/task/layers-problems.js";
import { parseTask } from "../../src/task/parse-task.js";

interface Layer {
  readonly name: string;
  readonly class_name: string;
  readonly config: Record<string, unknown>;
  readonly inbound_nodes: readonly (readonly (readonly unknown[])[])[];
}

const layer = (
  name: string,
  className: string,
  calls: readonly (readonly string[])[] = [],
  config = {},
): Layer => ({
  name,
  class_name: className,
  config: { name, trainable: true, ...config },
  inbound_nodes: calls.map((call) => call.map((from) => [from, 0, 0, {}])),
});

const LAYERS = [
  layer("recency", "InputLayer"),
  layer("candidates", "InputLayer"),
  layer("logits", "Dense", [["candidates"]], {
    units: 1,
    kernel_initializer: { class_name: "Zeros", config: {} },
  }),
  layer("values", "Dense", [["recency"]], { units: 1, kernel_regularizer: null, activation: "linear" }),
];

const topologyOf = (layers: readonly Layer[], changes = {}): string =>
  JSON.stringify({
    class_name: "Model",
    config: {
      name: "model1",
      layers,
      input_layers: [
        ["recency", 0, 0],
        ["candidates", 0, 0],
      ],
      output_layers: [
        ["logits", 0, 0],
        ["values", 0, 0],
      ],
    },
    keras_version: "tfjs-layers 4.22.0",
    backend: "tensor_flow.js",
    ...changes,
  });

const WEIGHTS = [{ name: "values/kernel", shape: [3, 3], initial: { kind: "normal", deviation: 0.5 } }];

function problems(
  topology: unknown,
  weights: unknown = WEIGHTS,
  learning = {},
  exploration = {},
  model = {},
): { field: string; message: string }[] {
  const parsed = parseTask({
    name: "own",
    catalogue: { features: [{ name: "text", kind: "text", buckets: 8 }] },
    model: { layers: { topology, weights }, ...model },
    learning,
    exploration,
  });
  if (!parsed.ok) return [...parsed.problems];
  const { layers } = parsed.task.model;
  return layers ? [...layersProblems(layers)] : [{ field: "model.layers", message: "is lost" }];
}

const replaced = (changed: Layer) =>
  topologyOf(LAYERS.map((old) => (old.name === changed.name ? changed : old)));

describe("a task with a model of its own", () => {
  it("is what tf.LayersModel.toJSON writes, and the weights", () => {
    expect(problems(topologyOf(LAYERS))).toEqual([]);
  });

  it("learns by any objective that does with a policy and values", () => {
    const fields = (kind: string) =>
      problems(topologyOf(LAYERS), WEIGHTS, { objective: { kind } }).map(({ field }) => field);
    for (const kind of ["actor-critic", "policy-gradient", "ppo", "q-learning"])
      expect(fields(kind)).toEqual([]);
    for (const kind of ["implicit-q-learning", "self-supervised-actor-critic"]) {
      expect(fields(kind)).toEqual(["learning.objective.kind"]);
    }
  });

  it("is all of the network: encoders beside it would do nothing", () => {
    const fields = (model: object) =>
      problems(topologyOf(LAYERS), WEIGHTS, {}, {}, model).map(({ field }) => field);
    for (const encoder of ["mean", "attention"]) expect(fields({ encoder })).toEqual([]);
    for (const encoder of ["gru", "lstm"]) expect(fields({ encoder })).toEqual(["model.encoder"]);
    for (const itemEncoder of ["gated-fusion", "graph"]) {
      expect(fields({ itemEncoder })).toEqual(["model.itemEncoder"]);
    }
  });

  it("has no embeddings for explorers that look at them", () => {
    const fields = (kind: string) =>
      problems(topologyOf(LAYERS), WEIGHTS, {}, { kind }).map(({ field }) => field);
    for (const kind of ["epsilon-greedy", "boltzmann"]) expect(fields(kind)).toEqual([]);
    for (const kind of ["ucb", "thompson"]) expect(fields(kind)).toEqual(["exploration.kind"]);
  });

  it.each<[string, string, RegExp]>([
    ["no JSON", "{", /is not JSON/],
    ["another JSON", "[]", /class_name/],
    [
      "a sequential model",
      topologyOf(LAYERS, { class_name: "Sequential" }),
      /class_name: not a functional model/,
    ],
    [
      "layers that draw at random",
      replaced(layer("values", "Dropout", [["recency"]])),
      /layers\.3\.class_name/,
    ],
    [
      "layers of the host's own",
      replaced(layer("values", "MineBitcoin", [["recency"]])),
      /layers\.3\.class_name/,
    ],
    ["models within the model", replaced(layer("values", "Model", [["recency"]])), /layers\.3\.class_name/],
    ["names of objects' own members", replaced(layer("values", "constructor", [["recency"]])), /class_name/],
    [
      "regularisers",
      replaced(layer("values", "Dense", [["recency"]], { kernel_regularizer: { class_name: "L1L2" } })),
      /values: kernel_regularizer/,
    ],
    [
      "constraints",
      replaced(layer("values", "Dense", [["recency"]], { bias_constraint: { class_name: "NonNeg" } })),
      /values: bias_constraint/,
    ],
    [
      "dropout",
      replaced(layer("values", "GRU", [["recency"]], { recurrent_dropout: 0.1 })),
      /values: recurrent_dropout/,
    ],
    [
      "frozen weights",
      replaced(layer("values", "Dense", [["recency"]], { trainable: false })),
      /values: trainable/,
    ],
    [
      "a state from pass to pass",
      replaced(layer("values", "GRU", [["recency"]], { stateful: true })),
      /values: stateful/,
    ],
    [
      "objects as settings",
      replaced(layer("values", "Dense", [["recency"]], { activation: { a: {} } })),
      /values: activation/,
    ],
    [
      "settings by hostile names",
      replaced(layer("values", "Dense", [["recency"]], { hasOwnProperty: 1 })),
      /values: hasOwnProperty/,
    ],
    [
      "weights in the topology",
      replaced(layer("values", "Dense", [["recency"]], { weights: [[1]] })),
      /values: weights/,
    ],
    [
      "two layers of one name",
      topologyOf([...LAYERS, layer("values", "Dense", [["recency"]])]),
      /two layers are called "values"/,
    ],
    [
      "layers that wait for themselves",
      replaced(layer("values", "Add", [["values", "recency"]])),
      /wait for each other/,
    ],
    ["layers that are not there", replaced(layer("values", "Dense", [["nowhere"]])), /wait for each other/],
    [
      "calls that TensorFlow.js would look for forever",
      topologyOf([
        ...LAYERS.slice(0, 3),
        { ...layer("values", "Dense"), inbound_nodes: [[["after", 0, 0, {}]], [["recency", 0, 0, {}]]] },
        { ...layer("after", "Dense"), inbound_nodes: [[["values", 1, 0, {}]]] },
      ]),
      /wait for each other/,
    ],
    [
      "arguments of calls",
      replaced({ ...layer("values", "GRU"), inbound_nodes: [[["recency", 0, 0, { initial_state: 1 }]]] }),
      /toJSON/,
    ],
    [
      "nesting without end",
      topologyOf(LAYERS).replace(
        '"activation":"linear"',
        `"activation":${"[".repeat(50_000)}${"]".repeat(50_000)}`,
      ),
      /values: activation/,
    ],
    [
      "too many layers",
      topologyOf(Array.from({ length: 257 }, (_, i) => layer(`l${i}`, "InputLayer"))),
      /layers/,
    ],
  ])("may not have %s", (_, topology, message) => {
    expect(problems(topology)).toEqual([
      { field: "model.layers.topology", message: expect.stringMatching(message) },
    ]);
  });

  it("may be 262,144 characters long", () => {
    const topology = topologyOf(LAYERS);
    expect(problems(topology.padEnd(262_144))).toEqual([]);
    expect(problems(topology.padEnd(262_145))).toMatchObject([{ field: "model.layers.topology" }]);
  });

  it.each<[string, unknown, string]>([
    ["twice", [...WEIGHTS, ...WEIGHTS], "model.layers.weights.1.name"],
    ["without an axis", [{ ...WEIGHTS[0], shape: [] }], "model.layers.weights.0.shape"],
    ["of broken shapes", [{ ...WEIGHTS[0], shape: [2.5] }], "model.layers.weights.0.shape.0"],
    [
      "that begin as nothing known",
      [{ ...WEIGHTS[0], initial: { kind: "orthogonal" } }],
      "model.layers.weights.0.initial.kind",
    ],
    [
      "that begin as identities but are not square",
      [{ ...WEIGHTS[0], shape: [2, 3], initial: { kind: "identity", gain: 1 } }],
      "model.layers.weights.0.initial",
    ],
    ["that are too many", [{ ...WEIGHTS[0], shape: [4096, 1025] }], "model.layers.weights"],
    [
      "that overflow",
      [{ ...WEIGHTS[0], shape: [4_194_304, 4_194_304, 4_194_304, 4_194_304] }],
      "model.layers.weights",
    ],
    ["that are not there", [], "model.layers.weights"],
  ])("may not have weights %s", (_, weights, field) => {
    expect(problems(topologyOf(LAYERS), weights)).toEqual([{ field, message: expect.any(String) }]);
  });
});
