import type * as Tf from "@tensorflow/tfjs";
import type { Capacity, CompiledNetwork, Matrix } from "../engine.js";
import type { Step } from "../layers/step.js";
import type { Network } from "../network.js";
import { applyOptimiser } from "../optimisers/apply-optimiser.js";
import type { Optimiser, OptimiserState } from "../optimisers/optimiser.js";
import { type Counts, capacityRows, type Indices, rowCount, type Tensor } from "../tensor.js";
import { forward, type TfjsPass } from "./forward.js";
import type { OwnModel } from "./own-model.js";

interface TfjsNetworkOptions {
  readonly network: Network;
  readonly capacity: Capacity;
  readonly optimiser: Optimiser | undefined;
  /** Where the network is a task's own model. */
  readonly own: OwnModel | undefined;
}

/** A network on TensorFlow.js. Keeps no tensors from pass to pass but the variables of an own model. */
export class TfjsNetwork implements CompiledNetwork {
  readonly network: Network;
  readonly capacity: Capacity;
  readonly #tf: typeof Tf;
  /** Of inputs and outputs. */
  readonly #cells: readonly Float32Array[];
  readonly #gradients: readonly Float32Array[];
  readonly #indices: readonly Int32Array[];
  readonly #optimiser: Optimiser | undefined;
  readonly #state: OptimiserState;
  readonly #own: OwnModel | undefined;
  /** Of the parameters as they are. */
  #stamp = {};
  #step = 0;

  constructor(tf: typeof Tf, { network, capacity, optimiser, own }: TfjsNetworkOptions) {
    this.#tf = tf;
    this.network = network;
    this.capacity = capacity;
    this.#optimiser = optimiser;
    this.#own = own;
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
    this.#stamp = {};
    this.#step = 0;
  }

  parameters(into: Float32Array): void {
    into.set(this.#state.parameters);
  }

  parameterGradient(into: Float32Array): void {
    into.set(this.#state.gradient);
  }

  update(): void {
    if (!this.#optimiser) return;
    applyOptimiser(this.#optimiser, [this.#state], ++this.#step);
    this.#stamp = {};
  }

  forward(counts: Counts): void {
    this.#tf.tidy(() => {
      this.#run(this.#blocks(), counts);
    });
  }

  gradient(counts: Counts, objective: () => void): void {
    const tf = this.#tf;
    const loss = (blocks: readonly Tf.Tensor[]): Tf.Scalar => {
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
    this.#state.gradient.fill(0);
    tf.tidy(() => {
      const gradients = this.#derive(loss);
      for (const [i, { offset, differentiable }] of this.network.parameters.entries()) {
        if (differentiable) this.#state.gradient.set(gradients[i]?.dataSync() ?? [], offset);
      }
    });
  }

  /** dLoss/dParameter, one a parameter; undefined where the loss does not depend on it. */
  #derive(loss: (blocks: readonly Tf.Tensor[]) => Tf.Scalar): (Tf.Tensor | undefined)[] {
    const blocks = this.#blocks();
    if (!this.#own) return this.#tf.grads((...given: Tf.Tensor[]) => loss(given))(blocks);
    const { variables } = this.#own;
    const { grads } = this.#tf.variableGrads(() => loss(blocks), [...variables]);
    return variables.map(({ name }) => grads[name] ?? undefined);
  }

  #blocks(): Tf.Tensor[] {
    const { parameters } = this.#state;
    if (this.#own) {
      this.#own.assign(parameters, this.#stamp);
      return [...this.#own.variables];
    }
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
      own: this.#own,
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
      if (rows(madeBy(step)) === 0) continue;
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

/** What a layer is left out with, where it has no rows. */
function madeBy(step: Step): Tensor {
  if (step.kind === "softmax-loss") return step.logits;
  return step.kind === "layers-model" ? step.values : step.output;
}
