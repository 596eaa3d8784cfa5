import * as tf from "@tensorflow/tfjs";

interface Sizes {
  readonly features: number;
  /** W */
  readonly circumstances: number;
  readonly historyLength: number;
  readonly embedding: number;
  readonly hidden: number;
}

/** The built-in recommender with encoder `mean`, as its author would write it with TensorFlow.js. */
export function meanLayersModel(sizes: Sizes): tf.LayersModel {
  const { features: F, circumstances: W, historyLength: L, embedding: E, hidden: H } = sizes;
  const input = (name: string, shape: (number | null)[]) => tf.input({ name, shape });
  const matrix = (name: string, units: number) => tf.layers.dense({ name, units, useBias: false });
  const hidden = (name: string) => tf.layers.dense({ name, units: H, activation: "tanh" });
  const apply = (layer: tf.layers.Layer, ...to: tf.SymbolicTensor[]): tf.SymbolicTensor => {
    const made = layer.apply(to);
    if (made instanceof tf.SymbolicTensor) return made;
    throw new Error(`${layer.name} has several outputs`);
  };
  const add = (...terms: tf.SymbolicTensor[]) => apply(tf.layers.add(), ...terms);

  const events = input("events", [L, F]);
  const circumstances = input("circumstances", [L, W]);
  const recency = input("recency", [L]);
  const candidates = input("candidates", [null, F]);

  const item = matrix("item", E);
  const told = add(apply(item, events), apply(matrix("circumstance", E), circumstances));
  const mean = apply(tf.layers.dot({ axes: 1 }), recency, told);
  const user = add(
    apply(matrix("state_skip", E), mean),
    apply(matrix("state_out", E), apply(hidden("state_hidden"), mean)),
  );
  const candidate = apply(item, candidates);
  const action = add(candidate, apply(matrix("action_out", E), apply(hidden("action_hidden"), candidate)));
  const bias = apply(tf.layers.reshape({ targetShape: [-1] }), apply(matrix("item_bias", 1), candidates));
  const scores = apply(tf.layers.dot({ axes: [2, 1] }), action, user);
  const logits = apply(tf.layers.add({ name: "logits" }), scores, bias);
  const values = apply(tf.layers.dense({ name: "values", units: 1 }), apply(hidden("value_hidden"), mean));
  return tf.model({ inputs: [events, circumstances, recency, candidates], outputs: [logits, values] });
}

/** What a weight of that model is called in the built-in network. */
export const BUILT_IN_NAMES: Readonly<Record<string, string>> = {
  "item/kernel": "item",
  "circumstance/kernel": "circumstance",
  "state_skip/kernel": "state skip",
  "state_hidden/kernel": "state hidden 0",
  "state_hidden/bias": "state hidden bias",
  "state_out/kernel": "state out",
  "action_hidden/kernel": "action hidden 0",
  "action_hidden/bias": "action hidden bias",
  "action_out/kernel": "action out",
  "item_bias/kernel": "item bias",
  "value_hidden/kernel": "value hidden 0",
  "value_hidden/bias": "value hidden bias",
  "values/kernel": "value out",
  "values/bias": "value out bias",
};
