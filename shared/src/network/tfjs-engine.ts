import type * as Tf from "@tensorflow/tfjs";
import type { Engine, NetworkInputs, NetworkOutputs } from "./engine.js";
import { networkLayout, PARAMETER_NAMES, type ParameterName } from "./network-layout.js";
import type { NetworkShape } from "./network-shape.js";
import { recencyWeights } from "./recency-weights.js";
import { referenceEngine } from "./reference-engine.js";
import { loadTfjs, type TfjsBackend } from "./tfjs-backend.js";

export type { TfjsBackend } from "./tfjs-backend.js";

interface OutputTensors {
  readonly logits: Tf.Tensor;
  readonly values: Tf.Tensor;
}

/**
 * TensorFlow.js where its native backend is installed; elsewhere the plain TypeScript engine, which at the sizes of
 * these networks is faster than the wasm and cpu backends.
 */
export async function createDefaultEngine(): Promise<Engine> {
  return createTfjsEngine({ backend: "native" }).catch(() => referenceEngine);
}

/** An engine on TensorFlow.js: native when `@tensorflow/tfjs-node` is installed, else wasm, else cpu, unless told. */
export async function createTfjsEngine(options: { readonly backend?: TfjsBackend } = {}): Promise<Engine> {
  const { tf, name } = await loadTfjs(options.backend);
  const weights = (shape: NetworkShape, parameters: Float32Array): Tf.Tensor[] => {
    const layout = networkLayout(shape);
    return PARAMETER_NAMES.map((parameter) => {
      const { offset, rows, columns } = layout[parameter];
      return tf.tensor2d(parameters.subarray(offset, offset + rows * columns), [rows, columns]);
    });
  };
  return {
    name,
    forward: (shape, parameters, inputs) => {
      const tensors = tf.tidy(() => ({ ...outputTensors(tf, shape, weights(shape, parameters), inputs) }));
      const outputs = read(tensors);
      tf.dispose([tensors.logits, tensors.values]);
      return outputs;
    },
    gradient(shape, parameters, inputs, objective) {
      let outputs: NetworkOutputs = { logits: new Float32Array(), values: new Float32Array() };
      const loss = (...blocks: Tf.Tensor[]) => {
        const tensors = outputTensors(tf, shape, blocks, inputs);
        outputs = read(tensors);
        const given = objective(outputs);
        const logits = tf.tensor2d(given.logits, [inputs.rows, inputs.candidateCount]);
        return tf.add(
          tf.sum(tf.mul(tensors.logits, logits)),
          tf.sum(tf.mul(tensors.values, tf.tensor1d(given.values))),
        );
      };
      const gradients = tf.tidy(() => tf.grads(loss)(weights(shape, parameters)));
      const gradient = new Float32Array(parameters.length);
      const layout = networkLayout(shape);
      for (const [i, parameter] of PARAMETER_NAMES.entries()) {
        const block = gradients[i];
        if (block) gradient.set(block.dataSync(), layout[parameter].offset);
      }
      tf.dispose(gradients);
      return { outputs, gradient };
    },
  };
}

function read({ logits, values }: OutputTensors): NetworkOutputs {
  return { logits: Float32Array.from(logits.dataSync()), values: Float32Array.from(values.dataSync()) };
}

/** The network itself; the reference engine says the same in plain loops. */
function outputTensors(
  tf: typeof Tf,
  shape: NetworkShape,
  blocks: readonly Tf.Tensor[],
  inputs: NetworkInputs,
): OutputTensors {
  const { features: F, embedding: E, historyLength: L, kinds: K } = shape;
  const { rows: B, candidateCount: C } = inputs;
  const weight = (name: ParameterName): Tf.Tensor => {
    const block = blocks[PARAMETER_NAMES.indexOf(name)];
    if (!block) throw new Error(`no parameters named ${name}`);
    return block;
  };
  const tower = (input: Tf.Tensor, hidden: ParameterName, bias: ParameterName, out: ParameterName) =>
    tf.matMul(tf.tanh(tf.add(tf.matMul(input, weight(hidden)), weight(bias))), weight(out));

  const ages = tf.tensor2d(inputs.ages.map(Math.log1p), [B * L, 1]);
  const kinds = tf.oneHot(tf.tensor1d(Int32Array.from(inputs.kinds), "int32"), K).toFloat();
  const events = tf.addN([
    tf.matMul(tf.tensor2d(inputs.history, [B * L, F]), weight("item")),
    tf.matMul(kinds, weight("kind")),
    tf.matMul(ages, weight("age")),
  ]);
  const cubed = (tensor: Tf.Tensor) => tf.reshape(tensor, [B, L, E]);
  const recency = tf.tensor3d(recencyWeights(shape, inputs), [B, 1, L]);
  const absent = tf.tensor3d(
    inputs.mask.map((present) => (present ? 0 : -1e9)),
    [B, 1, L],
  );
  const queries = cubed(tf.matMul(events, weight("query")));
  const keys = cubed(tf.matMul(events, weight("key")));
  const scores = tf.add(tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(E)), absent);
  const attended = tf.matMul(tf.softmax(scores), cubed(tf.matMul(events, weight("attended"))));
  const mean = tf.reshape(tf.matMul(recency, cubed(events)), [B, E]);
  const context = tf.reshape(tf.matMul(recency, attended), [B, E]);
  const state = tf.concat([mean, context], 1);

  const user = tf.add(
    tf.matMul(mean, weight("stateSkip")),
    tower(state, "stateHidden", "stateHiddenBias", "stateOut"),
  );
  const candidates = tf.tensor2d(inputs.candidates, [B * C, F]);
  const embedded = tf.matMul(candidates, weight("item"));
  const actions = tf.add(embedded, tower(embedded, "actionHidden", "actionHiddenBias", "actionOut"));
  const products = tf.matMul(tf.reshape(actions, [B, C, E]), tf.reshape(user, [B, E, 1]));
  const biases = tf.matMul(candidates, weight("itemBias"));
  const logits = tf.add(tf.reshape(products, [B, C]), tf.reshape(biases, [B, C]));
  const values = tf.add(tower(state, "valueHidden", "valueHiddenBias", "valueOut"), weight("valueOutBias"));
  return { logits, values: tf.reshape(values, [B]) };
}
