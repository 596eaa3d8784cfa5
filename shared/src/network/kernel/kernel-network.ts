import type { Capacity, CompiledNetwork, Matrix } from "../engine.js";
import type { Network } from "../network.js";
import type { Optimiser } from "../optimisers/optimiser.js";
import type { Counts, Indices, Tensor } from "../tensor.js";
import { Arena } from "./arena.js";
import { type Block, gather, spread } from "./flat-vector.js";
import { instantiateKernel } from "./kernel-instance.js";
import type { KernelModule } from "./kernel-module.js";
import { callsOf } from "./layers/calls-of.js";
import { type OptimiserPlace, optimiserCall } from "./optimiser-call.js";
import { type Call, Site } from "./site.js";

/** A network as two lists of kernel calls with fixed addresses, in an instance and a memory of its own. */
export class KernelNetwork implements CompiledNetwork {
  readonly network: Network;
  readonly capacity: Capacity;
  readonly #site: Site;
  readonly #forward: readonly Call[];
  readonly #cleared: readonly Call[];
  readonly #backward: readonly Call[];
  readonly #place: OptimiserPlace;
  readonly #step: ((step: number) => void) | undefined;
  readonly #values: readonly Matrix[];
  readonly #gradients = new Map<number, Matrix>();
  readonly #indices: readonly Int32Array[];
  readonly #parameters: readonly Block[];
  readonly #parameterGradients: readonly Block[];
  #steps = 0;

  constructor(module: KernelModule, network: Network, capacity: Capacity, optimiser: Optimiser | undefined) {
    this.network = network;
    this.capacity = capacity;
    const { calls, memory } = instantiateKernel(module);
    const arena = new Arena();
    const site = new Site(network, capacity, calls, arena);
    this.#site = site;
    this.#place = placeParameters(site);
    const layers = network.steps.map((step) => callsOf(step, site));
    this.#forward = layers.flatMap(({ forward }) => forward);
    // What an objective writes comes before everything that layers add.
    for (const output of network.outputs) site.accumulates(output);
    this.#cleared = network.outputs.map((output) => site.clear(output));
    this.#backward = layers.toReversed().flatMap((layer) => layer.backward());
    this.#step = optimiser && optimiserCall(optimiser, this.#place, calls);
    for (const tensor of network.tensors) site.values(tensor);
    for (const indices of network.indices) site.indices(indices);

    const buffer = arena.settle(memory);
    const view = (at: number, cells: number) => new Float32Array(buffer, at, cells);
    const matrix = (at: number, tensor: Tensor): Matrix => ({
      cells: view(at, site.cells(tensor)),
      stride: site.stride(tensor),
    });
    this.#values = network.tensors.map((tensor) => matrix(site.values(tensor), tensor));
    for (const output of network.outputs)
      this.#gradients.set(output.id, matrix(site.gradients(output), output));
    this.#indices = network.indices.map(
      (indices) =>
        new Int32Array(buffer, site.indices(indices), site.capacityRows(indices.rows) * indices.columns),
    );
    const blocks = (address: (tensor: Tensor) => number) =>
      network.parameters.map((parameter) => ({
        parameter,
        cells: view(address(parameter), site.cells(parameter)),
        stride: site.stride(parameter),
      }));
    this.#parameters = blocks((tensor) => site.values(tensor));
    this.#parameterGradients = blocks((tensor) => site.gradients(tensor));
  }

  values({ id, name }: Tensor): Matrix {
    return found(this.#values[id], name);
  }

  gradients({ id, name }: Tensor): Matrix {
    return found(this.#gradients.get(id), name);
  }

  indices({ id, name }: Indices): Int32Array {
    return found(this.#indices[id], name);
  }

  load(parameters: Float32Array): void {
    const { parameters: values, gradient, first, second, count } = this.#place;
    // Padding too: a training that ran off to infinity leaves NaN in it, and 0 · NaN is no 0.
    for (const at of [values, gradient, first, second]) this.#site.calls.zero(at, count);
    spread(parameters, this.#parameters);
    this.#steps = 0;
  }

  parameters(into: Float32Array): void {
    gather(this.#parameters, into);
  }

  forward(counts: Counts): void {
    this.#site.resize(counts);
    for (const call of this.#forward) call();
  }

  gradient(counts: Counts, objective: () => void): void {
    this.forward(counts);
    for (const call of this.#cleared) call();
    objective();
    for (const call of this.#backward) call();
  }

  parameterGradient(into: Float32Array): void {
    gather(this.#parameterGradients, into);
  }

  update(): void {
    this.#step?.(++this.#steps);
  }
}

/** Parameters one behind the other, their gradients likewise, and as much for the optimiser. */
function placeParameters(site: Site): OptimiserPlace {
  const { parameters } = site.network;
  const place = (address: (tensor: Tensor) => number) => parameters.map(address);
  const values = place((tensor) => site.values(tensor));
  const gradients = place((tensor) => site.gradients(tensor));
  const first = site.scratch(0);
  const count = (first - (gradients[0] ?? first)) / Float32Array.BYTES_PER_ELEMENT;
  return {
    parameters: values[0] ?? first,
    gradient: gradients[0] ?? first,
    first: site.scratch(count),
    second: site.scratch(count),
    count,
  };
}

function found<T>(thing: T | undefined, name: string): T {
  if (thing === undefined)
    throw new Error(`"${name}" is not in this network, or nothing that is read or written`);
  return thing;
}
