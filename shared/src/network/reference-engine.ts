import type { Parameter } from "./draft.js";
import type { Capacity, CompiledNetwork, Engine, Matrix } from "./engine.js";
import type { Network } from "./network.js";
import { applyOptimiser } from "./optimisers/apply-optimiser.js";
import type { Optimiser, OptimiserState } from "./optimisers/optimiser.js";
import type { Memory } from "./reference/layer.js";
import { passOf } from "./reference/pass-of.js";
import { type Counts, capacityRows, type Indices, type Rows, rowCount, type Tensor } from "./tensor.js";

/** The network in plain TypeScript and double precision: what the other engines are held to, and no dependency. */
export const referenceEngine: Engine = {
  name: "reference",
  compile: (network, capacity, optimiser) => new ReferenceNetwork(network, capacity, optimiser),
};

class ReferenceNetwork implements CompiledNetwork {
  readonly network: Network;
  readonly capacity: Capacity;
  readonly #values: readonly Float64Array[];
  readonly #gradients: readonly Float64Array[];
  readonly #indices: readonly Int32Array[];
  readonly #state: OptimiserState[];
  readonly #passes;
  readonly #memory: Memory;
  readonly #optimiser: Optimiser | undefined;
  #counts: Counts = { states: 0, candidates: 0 };
  #step = 0;

  constructor(network: Network, capacity: Capacity, optimiser: Optimiser | undefined) {
    this.network = network;
    this.capacity = capacity;
    this.#optimiser = optimiser;
    const cells = ({ rows, columns }: { rows: Rows; columns: number }) =>
      capacityRows(rows, capacity, network.historyLength) * columns;
    this.#values = network.tensors.map((tensor) => new Float64Array(cells(tensor)));
    this.#gradients = network.tensors.map((tensor) => new Float64Array(cells(tensor)));
    this.#indices = network.indices.map((indices) => new Int32Array(cells(indices)));
    this.#memory = {
      historyLength: network.historyLength,
      values: (tensor) => at(this.#values, tensor.id),
      gradients: (tensor) => at(this.#gradients, tensor.id),
      indices: (indices) => at(this.#indices, indices.id),
      rows: (tensor) => rowCount(tensor.rows, this.#counts, network.historyLength),
    };
    this.#passes = network.steps.map((step) => passOf(step, this.#memory));
    this.#state = network.parameters.map((parameter) => ({
      parameters: this.#memory.values(parameter),
      gradient: this.#memory.gradients(parameter),
      first: new Float64Array(cells(parameter)),
      second: new Float64Array(cells(parameter)),
    }));
  }

  values(tensor: Tensor): Matrix {
    return { cells: this.#memory.values(tensor), stride: tensor.columns };
  }

  gradients(output: Tensor): Matrix {
    return { cells: this.#memory.gradients(output), stride: output.columns };
  }

  indices(indices: Indices): Int32Array {
    return this.#memory.indices(indices);
  }

  load(parameters: Float32Array): void {
    for (const parameter of this.network.parameters) {
      const cells = this.#memory.values(parameter);
      cells.set(parameters.subarray(parameter.offset, parameter.offset + cells.length));
    }
    for (const { first, second } of this.#state) {
      first.fill(0);
      second.fill(0);
    }
    this.#step = 0;
  }

  parameters(into: Float32Array): void {
    this.#flatten((parameter) => this.#memory.values(parameter), into);
  }

  forward(counts: Counts): void {
    this.#counts = counts;
    for (const pass of this.#passes) pass.forward();
  }

  gradient(counts: Counts, objective: () => void): void {
    this.forward(counts);
    for (const gradient of this.#gradients) gradient.fill(0);
    objective();
    for (const pass of this.#passes.toReversed()) pass.backward();
  }

  parameterGradient(into: Float32Array): void {
    this.#flatten((parameter) => this.#memory.gradients(parameter), into);
  }

  update(): void {
    const optimiser = this.#optimiser;
    if (!optimiser) return;
    applyOptimiser(optimiser, this.#state, ++this.#step);
  }

  #flatten(cells: (parameter: Parameter) => Float64Array, into: Float32Array): void {
    for (const parameter of this.network.parameters) into.set(cells(parameter), parameter.offset);
  }
}

function at<T>(list: readonly T[], id: number): T {
  const found = list[id];
  if (found === undefined) throw new Error(`no tensor ${id} in this network`);
  return found;
}
