import type * as Tf from "@tensorflow/tfjs";
import type { AttentionStep } from "../layers/attention.js";
import type { GatedFusionStep } from "../layers/gated-fusion.js";
import type { GruStep } from "../layers/gru.js";
import { LAYER_NORM_EPSILON, type LayerNormStep } from "../layers/layer-norm.js";
import type { LayersModelStep } from "../layers/layers-model.js";
import type { LinearStep } from "../layers/linear.js";
import type { LstmStep } from "../layers/lstm.js";
import type { SoftmaxLossStep } from "../layers/softmax-loss.js";
import type { SparseLinearStep } from "../layers/sparse-linear.js";
import type { Step } from "../layers/step.js";
import type { TableMinimumStep } from "../layers/table-minimum.js";
import type { Indices, Tensor } from "../tensor.js";
import { type OwnModel, ownInputs } from "./own-model.js";

/** What one pass knows: tensors computed so far, and the numbers that were written before it. */
export interface TfjsPass {
  readonly tf: typeof Tf;
  /** Holds the parameters of a `layers-model` step. */
  readonly own: OwnModel | undefined;
  readonly states: number;
  readonly historyLength: number;
  /** Rows × columns. */
  get(tensor: Tensor): Tf.Tensor;
  rows(tensor: Tensor): number;
  /** Of an input. */
  cells(tensor: Tensor): Float32Array;
  indices(indices: Indices): Int32Array;
}

const ABSENT = -1e9;

/** What one layer makes, as TensorFlow.js would write it; gradients are its own affair. */
export function forward(step: Step, pass: TfjsPass): readonly (readonly [Tensor, Tf.Tensor])[] {
  const { tf, get, states: B, historyLength: L } = pass;
  switch (step.kind) {
    case "linear":
      return [[step.output, linear(step, pass)]];
    case "sparse-linear":
      return [[step.output, sparseLinear(step, pass)]];
    case "table-minimum":
      return [[step.output, tableMinimum(step, pass)]];
    case "layers-model":
      return layersModel(step, pass);
    case "gru":
      return [[step.output, gru(step, pass)]];
    case "lstm":
      return [[step.output, lstm(step, pass)]];
    case "attention":
      return [[step.output, attention(step, pass)]];
    case "layer-norm":
      return [[step.output, layerNorm(step, pass)]];
    case "gated-fusion":
      return [[step.output, gatedFusion(step, pass)]];
    case "softmax-loss":
      return softmaxLoss(step, pass);
    case "value-loss": {
      const error = tf.sub(get(step.values), get(step.targets));
      return [[step.output, tf.mul(tf.square(error), 0.5)]];
    }
    case "weighted-mean":
      return [[step.output, pool(pass, tf.reshape(get(step.weights), [B, 1, L]), step.events)]];
    case "last-event": {
      const chosen = tf.tensor3d(lastEvents(pass.cells(step.mask), B, L), [B, 1, L]);
      return [[step.output, pool(pass, chosen, step.events)]];
    }
    case "score": {
      const [C, E] = [pass.rows(step.output) / B, step.users.columns];
      const actions = tf.reshape(get(step.actions), [B, C, E]);
      const products = tf.matMul(actions, tf.reshape(get(step.users), [B, E, 1]));
      return [[step.output, tf.add(tf.reshape(products, [B * C, 1]), get(step.biases))]];
    }
  }
}

function linear({ terms, bias, residual, activation }: LinearStep, { tf, get }: TfjsPass): Tf.Tensor {
  const parts = terms.map(({ input, weights }) => tf.matMul(get(input), get(weights)));
  if (bias) parts.push(get(bias));
  if (residual) parts.push(get(residual));
  const sum = parts.reduce((a, b) => tf.add(a, b));
  if (activation === "none") return sum;
  return activation === "tanh" ? tf.tanh(sum) : tf.relu(sum);
}

/** By dense rows: `gather` has no gradient on the wasm backend. */
function sparseLinear(step: SparseLinearStep, { tf, get, rows, ...pass }: TfjsPass): Tf.Tensor {
  const { columns, values, weights, output } = step;
  const [N, F, K] = [rows(output), weights.rows, values.columns];
  const dense = new Float32Array(N * F);
  const [places, entries] = [pass.indices(columns), pass.cells(values)];
  for (let i = 0; i < N * K; i++) {
    const at = Math.floor(i / K) * F + (places[i] ?? 0);
    dense[at] = (dense[at] ?? 0) + (entries[i] ?? 0);
  }
  return tf.matMul(tf.tensor2d(dense, [N, F]), get(weights));
}

/** `gather` needs no gradient where the table takes none. */
function tableMinimum(step: TableMinimumStep, { tf, get, rows, ...pass }: TfjsPass): Tf.Tensor {
  const [N, K, table] = [rows(step.output), step.columns.columns, get(step.table)];
  const places = tf.tensor1d(pass.indices(step.columns).subarray(0, N * K), "int32");
  const least = tf.customGrad(() => ({
    value: tf.min(tf.reshape(tf.gather(table, places), [N, K]), 1, true),
    gradFunc: () => tf.zerosLike(table),
  }));
  return least(table);
}

/** B × E from weights B × 1 × L. */
function pool({ tf, get, states, historyLength }: TfjsPass, weights: Tf.Tensor, events: Tensor): Tf.Tensor {
  const cube = tf.reshape(get(events), [states, historyLength, events.columns]);
  return tf.reshape(tf.matMul(weights, cube), [states, events.columns]);
}

function lastEvents(mask: Float32Array, states: number, length: number): Float32Array {
  const chosen = new Float32Array(states * length);
  for (let b = 0; b < states; b++) {
    const last = mask.subarray(b * length, (b + 1) * length).lastIndexOf(1);
    if (last >= 0) chosen[b * length + last] = 1;
  }
  return chosen;
}

/** Calls `next` for every place in the history; where a state has no event there, its old values stay. */
function recur(
  { tf, get, states: B, historyLength: L }: TfjsPass,
  mask: Tensor,
  inputs: Tf.Tensor,
  initial: readonly Tf.Tensor[],
  next: (input: Tf.Tensor, state: readonly Tf.Tensor[]) => readonly Tf.Tensor[],
): readonly Tf.Tensor[] {
  const width = (inputs.shape[1] ?? 0) as number;
  const cube = tf.reshape(inputs, [B, L, width]);
  const present = tf.reshape(get(mask), [B, L]);
  let state = initial;
  for (let t = 0; t < L; t++) {
    const input = tf.reshape(tf.slice(cube, [0, t, 0], [B, 1, width]), [B, width]);
    const there = tf.slice(present, [0, t], [B, 1]);
    const after = next(input, state);
    state = state.map((old, i) => tf.add(old, tf.mul(there, tf.sub(after[i] ?? old, old))));
  }
  return state;
}

function gru(step: GruStep, pass: TfjsPass): Tf.Tensor {
  const { tf, get, states: B } = pass;
  const H = step.output.columns;
  const inputs = tf.add(tf.matMul(get(step.events), get(step.inputWeights)), get(step.inputBias));
  const part = (gates: Tf.Tensor, gate: number) => tf.slice(gates, [0, gate * H], [B, H]);
  const [last] = recur(pass, step.mask, inputs, [tf.zeros([B, H])], (input, [h]) => {
    if (!h) return [];
    const products = tf.matMul(h, get(step.stateWeights));
    const r = tf.sigmoid(tf.add(part(input, 0), part(products, 0)));
    const z = tf.sigmoid(tf.add(part(input, 1), part(products, 1)));
    const recurrent = tf.mul(r, tf.add(part(products, 2), get(step.stateBias)));
    const n = tf.tanh(tf.add(part(input, 2), recurrent));
    return [tf.add(n, tf.mul(z, tf.sub(h, n)))];
  });
  return last ?? tf.zeros([B, H]);
}

function lstm(step: LstmStep, pass: TfjsPass): Tf.Tensor {
  const { tf, get, states: B } = pass;
  const H = step.output.columns;
  const inputs = tf.add(tf.matMul(get(step.events), get(step.inputWeights)), get(step.bias));
  const zeros = tf.zeros([B, H]);
  const [last] = recur(pass, step.mask, inputs, [zeros, zeros], (input, [h, c]) => {
    if (!h || !c) return [];
    const gates = tf.add(input, tf.matMul(h, get(step.stateWeights)));
    const part = (gate: number) => tf.slice(gates, [0, gate * H], [B, H]);
    const kept = tf.mul(tf.sigmoid(part(1)), c);
    const cell = tf.add(kept, tf.mul(tf.sigmoid(part(0)), tf.tanh(part(2))));
    return [tf.mul(tf.sigmoid(part(3)), tf.tanh(cell)), cell];
  });
  return last ?? zeros;
}

function attention(
  step: AttentionStep,
  { tf, get, cells, states: B, historyLength: L }: TfjsPass,
): Tf.Tensor {
  const [D, E] = [step.keys.columns, step.output.columns];
  const mask = cells(step.mask);
  const hidden = new Float32Array(B * L * L);
  for (let i = 0; i < B * L; i++) {
    const first = i - (i % L);
    for (let j = 0; j < L; j++) hidden[i * L + j] = j <= i % L && mask[first + j] ? 0 : ABSENT;
  }
  const products = tf.matMul(
    tf.reshape(get(step.queries), [B, L, D]),
    tf.reshape(get(step.keys), [B, L, D]),
    false,
    true,
  );
  const looks = tf.softmax(tf.add(tf.mul(products, 1 / Math.sqrt(D)), tf.tensor3d(hidden, [B, L, L])));
  const seen = tf.matMul(looks, tf.reshape(get(step.seen), [B, L, E]));
  return tf.mul(tf.reshape(seen, [B * L, E]), get(step.mask));
}

function layerNorm({ input, gain, bias }: LayerNormStep, { tf, get }: TfjsPass): Tf.Tensor {
  const { mean, variance } = tf.moments(get(input), 1, true);
  const normal = tf.div(tf.sub(get(input), mean), tf.sqrt(tf.add(variance, LAYER_NORM_EPSILON)));
  return tf.add(tf.mul(normal, get(gain)), get(bias));
}

function gatedFusion({ present, scores, values }: GatedFusionStep, { tf, get }: TfjsPass): Tf.Tensor {
  const there = get(present);
  const gates = tf.mul(tf.softmax(tf.add(get(scores), tf.mul(tf.sub(1, there), ABSENT))), there);
  const rows = gates.shape[0] ?? 0;
  return values
    .map((value, m) => tf.mul(tf.slice(gates, [0, m], [rows, 1]), get(value)))
    .reduce((a, b) => tf.add(a, b));
}

function softmaxLoss(
  step: SoftmaxLossStep,
  { tf, get, indices, states: B }: TfjsPass,
): readonly (readonly [Tensor, Tf.Tensor])[] {
  const logits = get(step.logits);
  const C = logits.size / B;
  const taken = new Float32Array(B * C);
  for (const [b, action] of indices(step.taken).subarray(0, B).entries()) taken[b * C + action] = 1;
  const chosen = tf.tensor2d(taken, [B, C]);
  const correction = tf.mul(tf.sub(1, chosen), step.correction);
  const corrected = tf.add(tf.reshape(logits, [B, C]), correction);
  // tf.logSoftmax leaks a tensor on the wasm backend.
  const logs = tf.sub(corrected, tf.logSumExp(corrected, 1, true));
  return [
    [step.logProbabilities, tf.sum(tf.mul(logs, chosen), 1, true)],
    [step.entropies, tf.neg(tf.sum(tf.mul(tf.exp(logs), tf.sub(logs, correction)), 1, true))],
  ];
}

/** Values alone where there are no candidates. What padding holds is hidden: authors see zeros. */
function layersModel(
  step: LayersModelStep,
  { tf, get, rows, own, states: B, historyLength }: TfjsPass,
): readonly (readonly [Tensor, Tf.Tensor])[] {
  const C = rows(step.logits) / B;
  const inputs = ownInputs(step.inputs, historyLength);
  const input = (name: string): Tf.Tensor => {
    const { mask } = step.inputs;
    const { tensor, shape } = inputs.get(name) ?? { tensor: mask, shape: [] };
    return tf.reshape(
      tensor.rows === "events" ? tf.mul(get(tensor), get(mask)) : get(tensor),
      shape.map((length, axis) => length ?? (axis === 0 ? B : C)),
    );
  };
  const outputs = own?.run(input, C);
  return [step.logits, step.values].flatMap((tensor) => {
    const output = outputs?.get(tensor.name);
    return output ? [[tensor, tf.reshape(output, [rows(tensor), 1])] as const] : [];
  });
}
