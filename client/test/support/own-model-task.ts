import type { TaskSpec } from "@tacit/shared";
import { exampleTask } from "./example-task.js";

/** Two genres and the constant column; two events. */
const [FEATURES, HISTORY] = [3, 2];

const layer = (name: string, className: string, config: object, inputs: readonly string[] = []) => ({
  name,
  class_name: className,
  config: { name, ...config },
  inbound_nodes: inputs.length > 0 ? [inputs.map((from) => [from, 0, 0, {}])] : [],
});
const input = (name: string, ...shape: (number | null)[]) =>
  layer(name, "InputLayer", { batch_input_shape: [null, ...shape], dtype: "float32", sparse: false });
const place = (name: string) => [name, 0, 0];

/** The example task with a bilinear model of its author's, as tf.LayersModel.toJSON writes it. */
export function ownModelTask(change: (topology: string) => string = (topology) => topology): TaskSpec {
  const layers = [
    input("events", HISTORY, FEATURES),
    input("recency", HISTORY),
    input("candidates", null, FEATURES),
    layer("mean", "Dot", { axes: 1, normalize: false }, ["recency", "events"]),
    layer("user", "Dense", { units: FEATURES, use_bias: false }, ["mean"]),
    layer("logits", "Dot", { axes: [2, 1], normalize: false }, ["candidates", "user"]),
    layer("values", "Dense", { units: 1 }, ["mean"]),
  ];
  const config = {
    name: "bilinear",
    layers,
    input_layers: ["events", "recency", "candidates"].map(place),
    output_layers: ["logits", "values"].map(place),
  };
  const topology = change(JSON.stringify({ class_name: "Model", config }));
  const zero = { kind: "constant", value: 0 } as const;
  const weights = [
    { name: "user/kernel", shape: [FEATURES, FEATURES], initial: { kind: "identity", gain: 1 } as const },
    { name: "values/kernel", shape: [FEATURES, 1], initial: zero },
    { name: "values/bias", shape: [1], initial: zero },
  ];
  return exampleTask({ model: { historyLength: HISTORY, layers: { topology, weights } } });
}
