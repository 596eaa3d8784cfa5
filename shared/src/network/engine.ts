import type { Network } from "./network.js";
import type { Optimiser } from "./optimisers/optimiser.js";
import type { Counts, Indices, Tensor } from "./tensor.js";

/** A tensor's cells in an engine's memory. Row r begins at cell r · stride; cells between columns and stride stay zero. */
export interface Matrix {
  readonly cells: Float32Array | Float64Array;
  readonly stride: number;
}

/** The largest pass a compiled network is to make. */
export interface Capacity {
  readonly states: number;
  /** Of all states together. */
  readonly candidates: number;
}

/**
 * A network with memory of its own, laid out once: passes allocate nothing. Holds one set of parameters, their
 * gradient and the optimiser's state. Views stay valid; what they show changes with every pass.
 */
export interface CompiledNetwork {
  readonly network: Network;
  readonly capacity: Capacity;
  /** Inputs to write before a pass, outputs to read after one. Other tensors' cells are an engine's own affair. */
  values(tensor: Tensor): Matrix;
  /** dLoss/dOutput, which an objective writes; all zero when it begins. */
  gradients(output: Tensor): Matrix;
  /** Row-major. */
  indices(indices: Indices): Int32Array;
  /** Takes a flat vector of parameters (copied), and forgets what the optimiser knew. */
  load(parameters: Float32Array): void;
  /** The flat vector of the parameters as they are now. */
  parameters(into: Float32Array): void;
  forward(counts: Counts): void;
  /** One forward pass, the objective, one backward pass. Leaves the parameters' gradient. */
  gradient(counts: Counts, objective: () => void): void;
  /** The flat vector of the last gradient. */
  parameterGradient(into: Float32Array): void;
  /** One step of the optimiser along the last gradient. */
  update(): void;
}

/** Computes networks. Synchronous; the numbers of all engines agree, see the contract suite. */
export interface Engine {
  readonly name: string;
  /**
   * Why it cannot compute a network; undefined where it can. Engines without it compute every network but a task's own
   * LayersModel.
   */
  refuses?(network: Network): string | undefined;
  /** Without an optimiser `update` does nothing. */
  compile(network: Network, capacity: Capacity, optimiser?: Optimiser): CompiledNetwork;
}
