import * as v from "valibot";
import { wholeWithin } from "./numbers.js";
import { schemaProblem } from "./schema-problem.js";
import type { TaskProblem } from "./task-problem.js";

/**
 * The TensorFlow.js layers that a task's own model may be made of. None of them draws at random, keeps a state from pass
 * to pass, holds further layers or runs code of the host. docs/own-model.md lists them, too.
 */
const ALLOWED_LAYERS = [
  "Activation",
  "Add",
  "Average",
  "Concatenate",
  "Conv1D",
  "Dense",
  "Dot",
  "ELU",
  "Flatten",
  "GRU",
  "GlobalAveragePooling1D",
  "GlobalMaxPooling1D",
  "InputLayer",
  "LSTM",
  "LayerNormalization",
  "LeakyReLU",
  "Masking",
  "Maximum",
  "Minimum",
  "Multiply",
  "Permute",
  "ReLU",
  "Reshape",
  "SimpleRNN",
  "Softmax",
] as const;

const MOST_LAYERS = 256;
const MOST_CALLS = 32;
const MOST_INPUTS = 64;
const MOST_AXES = 8;

const layerName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w./-]{0,99}$/));
const index = wholeWithin(0, MOST_CALLS);
/** Layer, which of its calls, which of that call's outputs. */
const place = v.strictTuple([layerName, index, v.literal(0)]);
/** The same with the call's further arguments, which must be none. */
const source = v.strictTuple([layerName, index, v.literal(0), v.nullish(v.strictObject({}))]);

const layerSchema = v.object({
  name: layerName,
  class_name: v.picklist(ALLOWED_LAYERS),
  config: v.record(v.string(), v.unknown()),
  inbound_nodes: v.pipe(
    v.array(v.pipe(v.array(v.union([source, place])), v.minLength(1), v.maxLength(MOST_INPUTS))),
    v.maxLength(MOST_CALLS),
  ),
});

/** What is not named here is dropped. */
const topologySchema = v.object({
  class_name: v.picklist(["Model", "Functional"]),
  config: v.object({
    layers: v.pipe(v.array(layerSchema), v.minLength(1), v.maxLength(MOST_LAYERS)),
    input_layers: v.pipe(v.array(place), v.minLength(1)),
    output_layers: v.pipe(v.array(place), v.minLength(1)),
  }),
});

export type LayersTopology = v.InferOutput<typeof topologySchema>;
type TopologyLayer = LayersTopology["config"]["layers"][number];

export type ParsedTopology =
  | { readonly ok: true; readonly topology: LayersTopology }
  | { readonly ok: false; readonly message: string };

/** Reads the JSON of `tf.LayersModel.toJSON` as if its author were hostile. Needs no TensorFlow.js. */
export function parseTopology(json: string): ParsedTopology {
  const refuse = (message: string) => ({ ok: false, message }) as const;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return refuse("is not JSON");
  }
  const parsed = v.safeParse(topologySchema, value);
  if (!parsed.success) return refuse(describe(schemaProblem(parsed.issues[0], "topology")));
  const { layers } = parsed.output.config;
  const names = new Set<string>();
  for (const layer of layers) {
    if (names.has(layer.name)) return refuse(`two layers are called "${layer.name}"`);
    names.add(layer.name);
    const problem = settingProblem(layer);
    if (problem) return refuse(`${layer.name}: ${problem}`);
  }
  return isOrdered(layers)
    ? { ok: true, topology: parsed.output }
    : refuse("its layers wait for each other, or for one that is not there");
}

function describe({ field, message }: TaskProblem): string {
  return field.endsWith("class_name")
    ? `${field}: not a functional model of the layers ${ALLOWED_LAYERS.join(", ")}`
    : `${field}: is not what tf.LayersModel.toJSON writes: ${message}`;
}

const isPlain = (value: unknown): boolean =>
  value === null || ["string", "number", "boolean"].includes(typeof value);

function settingProblem({ name, config }: TopologyLayer): string | undefined {
  if (config.name !== name) return "config.name is another";
  for (const [key, value] of Object.entries(config)) {
    // What the weights begin with is the task's affair.
    if (key.endsWith("_initializer")) continue;
    if (/_(regularizer|constraint)$/.test(key) && value !== null) return `${key} is not supported`;
    if (/^(recurrent_)?dropout$/.test(key) && value !== 0) return `${key}: training draws nothing at random`;
    if (key === "trainable" && value !== true) return "trainable: every weight is trained";
    if (["stateful", "return_state"].includes(key) && value !== false) return `${key} is not supported`;
    const plain = Array.isArray(value) ? value.length <= MOST_AXES && value.every(isPlain) : isPlain(value);
    if (!plain || !/^[a-z][a-z_]*$/.test(key)) return `${key} is not a plain setting`;
  }
  return undefined;
}

/**
 * Whether every call finds what it waits for, in the very order in which TensorFlow.js rebuilds a model: it never stops
 * looking otherwise.
 */
function isOrdered(layers: readonly TopologyLayer[]): boolean {
  const made = new Map(layers.map(({ name, inbound_nodes: calls }) => [name, calls.length === 0 ? 1 : 0]));
  let waiting = layers.flatMap(({ name, inbound_nodes: calls }) => calls.map((inputs) => ({ name, inputs })));
  while (waiting.length > 0) {
    const left = waiting.filter(({ name, inputs }) => {
      if (!inputs.every(([from, at]) => (made.get(from) ?? 0) > at)) return true;
      made.set(name, (made.get(name) ?? 0) + 1);
      return false;
    });
    if (left.length === waiting.length) return false;
    waiting = left;
  }
  return true;
}
