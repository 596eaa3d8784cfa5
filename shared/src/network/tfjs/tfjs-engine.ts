import type * as Tf from "@tensorflow/tfjs";
import type { Capacity, CompiledNetwork, Engine, Matrix } from "../engine.js";
import type { Network } from "../network.js";
import { applyOptimiser } from "../optimisers/apply-optimiser.js";
import type { Optimiser, OptimiserState } from "../optimisers/optimiser.js";
import { type Counts, capacityRows, type Indices, rowCount, type Tensor } from "../tensor.js";
import { forward, type TfjsPass } from "./forward.js";
import { loadTfjs, type TfjsBackend } from "./tfjs-backend.js";

export type { TfjsBackend } from "./tfjs-backend.js";

/**
 * An engine on TensorFlow.js: native when `@tensorflow/tfjs-node` is installed, else wasm, else cpu, unless told. At the
 * sizes of these networks the default engine is faster than each of them.
 */
export async function createTfjsEngine(options: { readonly backend?: TfjsBackend } = {}): Promise<Engine> {
  const { tf, name } = await loadTfjs(options.backend);
  return {
    name,
    compile: (network, capacity, optimiser) => new TfjsNetwork(tf, network, capacity, optimiser),
  };
}

class TfjsNetwork implements CompiledNetwork {
  readonly network: Network;
  readonly capacity: Capacity;
  readonly #tf: typeof Tf;
  /** Of inputs and outputs. */
  readonly #cells: readonly Float32Array[];
  readonly #gradients: readonly Float32Array[];
  readonly #indices: readonly Int32Array[];
  readonly #optimiser: Optimiser | undefined;
  readonly #state: OptimiserState;
  #step = 0;

  constructor(tf: typeof Tf, network: Network, capacity: Capacity, optimiser: Optimiser | undefined) {
    this.#tf = tf;
    this.network = network;
    this.capacity = capacity;
    this.#optimiser = optimiser;
    const zeros = ({ rows, columns }: Pick<Tensor, "rows" | "columns">) =>
      capacityRows(rows, capacity, network.historyLength) * columns;
    this.#cells = network.tensors.map((tensor) => new Float32Array(zeros(tensor)));
    this.#gradients = network.tensors.map((tensor) => new Float32Array(zeros(tensor)));
    this.#indices = network.indices.map((indices) => new Int32Array(zeros(indices)));
    const vector = () => new Float64Array(network.parameterCount);
    this.#state = { parameters: vector(), gradient: vector(), first: vector(), second: vector() };
  }

  values(tensor: Tensor): Matrix {
    return { cells: this.#cellsOf(tensor), stride: tensor.columns };
  }

  gradients(output: Tensor): Matrix {
    return { cells: this.#gradients[output.id] ?? new Float32Array(), stride: output.columns };
  }

  indices(indices: Indices): Int32Array {
    return this.#indices[indices.id] ?? new Int32Array();
  }

  load(parameters: Float32Array): void {
    this.#state.parameters.set(parameters);
    this.#state.first.fill(0);
    this.#state.second.fill(0);
    this.#step = 0;
  }

  parameters(into: Float32Array): void {
    into.set(this.#state.parameters);
  }

  parameterGradient(into: Float32Array): void {
    into.set(this.#state.gradient);
  }

  update(): void {
    if (this.#optimiser) applyOptimiser(this.#optimiser, this.#state, ++this.#step);
  }

  forward(counts: Counts): void {
    this.#tf.tidy(() => {
      this.#run(this.#blocks(), counts);
    });
  }

  gradient(counts: Counts, objective: () => void): void {
    const tf = this.#tf;
    const loss = (...blocks: Tf.Tensor[]): Tf.Scalar => {
      const outputs = this.#run(blocks, counts);
      for (const gradient of this.#gradients) gradient.fill(0);
      objective();
      const terms = outputs.map(([tensor, value]) => {
        const rows = value.shape[0] ?? 0;
        const weights = this.gradients(tensor).cells.subarray(0, rows * tensor.columns);
        return tf.sum(tf.mul(value, tf.tensor2d(Float32Array.from(weights), [rows, tensor.columns])));
      });
      return terms.reduce((a, b) => tf.add(a, b), tf.scalar(0)).asScalar();
    };
    const gradients = tf.tidy(() => tf.grads(loss)(this.#blocks()));
    for (const [i, { offset }] of this.network.parameters.entries()) {
      this.#state.gradient.set(gradients[i]?.dataSync() ?? [], offset);
    }
    tf.dispose(gradients);
  }

  #blocks(): Tf.Tensor[] {
    const { parameters } = this.#state;
    return this.network.parameters.map(({ offset, rows, columns }) =>
      this.#tf.tensor2d(Float32Array.from(parameters.subarray(offset, offset + rows * columns)), [
        rows,
        columns,
      ]),
    );
  }

  /** All layers in order; writes the outputs' cells. Layers of candidates are left out where there are none. */
  #run(blocks: readonly Tf.Tensor[], counts: Counts): [Tensor, Tf.Tensor][] {
    const tf = this.#tf;
    const known = new Map<number, Tf.Tensor>();
    for (const [i, { id }] of this.network.parameters.entries()) known.set(id, blocks[i] ?? tf.scalar(0));
    const rows = (tensor: Tensor) => rowCount(tensor.rows, counts, this.network.historyLength);
    const input = (tensor: Tensor): Tf.Tensor => {
      const length = rows(tensor) * tensor.columns;
      return tf.tensor2d(this.#cellsOf(tensor).slice(0, length), [rows(tensor), tensor.columns]);
    };
    const pass: TfjsPass = {
      tf,
      states: counts.states,
      historyLength: this.network.historyLength,
      rows,
      cells: (tensor) => this.#cellsOf(tensor),
      indices: (indices) => this.indices(indices),
      get: (tensor) => {
        const value = known.get(tensor.id) ?? input(tensor);
        known.set(tensor.id, value);
        return value;
      },
    };
    for (const step of this.network.steps) {
      const made = step.kind === "softmax-loss" ? step.logits : step.output;
      if (rows(made) === 0) continue;
      for (const [tensor, value] of forward(step, pass)) known.set(tensor.id, value);
    }
    return this.network.outputs.flatMap((tensor): [Tensor, Tf.Tensor][] => {
      const value = known.get(tensor.id);
      if (!value) return [];
      this.#cellsOf(tensor).set(value.dataSync());
      return [[tensor, value]];
    });
  }

  #cellsOf(tensor: Tensor): Float32Array {
    return this.#cells[tensor.id] ?? new Float32Array();
  }
}
