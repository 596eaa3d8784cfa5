import type { Capacity } from "../engine.js";
import type { Network } from "../network.js";
import { type Counts, capacityRows, type Indices, type Rows, type Tensor } from "../tensor.js";
import { type Arena, roundUp } from "./arena.js";
import type { KernelCalls } from "./kernel-calls.js";
import { strides } from "./strides.js";

/** One call into the kernel, with all its addresses. */
export type Call = () => void;

/** What a layer does in a pass. */
export interface LayerCalls {
  readonly forward: readonly Call[];
  /** To be asked for in the order of the way back: whoever adds first to a gradient overwrites it. */
  backward(): readonly Call[];
}

/** Rows are rounded up to a multiple of this: what lies behind the last one may be overwritten. */
const ROWS = 4;

/** Where everything lies while a network is laid out, and how large the pass is that is running. */
export class Site {
  readonly network: Network;
  readonly calls: KernelCalls;
  /** Changes from pass to pass. */
  readonly size = { states: 0, events: 0, candidates: 0, each: 0 };
  readonly #capacity: Capacity;
  readonly #arena: Arena;
  readonly #strides: readonly number[];
  readonly #values = new Map<number, number>();
  readonly #gradients = new Map<number, number>();
  readonly #indices = new Map<number, number>();
  readonly #begun = new Set<number>();

  constructor(network: Network, capacity: Capacity, calls: KernelCalls, arena: Arena) {
    this.network = network;
    this.calls = calls;
    this.#capacity = capacity;
    this.#arena = arena;
    this.#strides = strides(network);
  }

  /** Throws where the pass would be larger than what there is room for. */
  resize({ states, candidates }: Counts): void {
    if (states > this.#capacity.states || states * candidates > this.#capacity.candidates) {
      throw new Error(
        `${states} states of ${candidates} candidates are more than the network was compiled for`,
      );
    }
    this.size.states = states;
    this.size.events = states * this.network.historyLength;
    this.size.candidates = states * candidates;
    this.size.each = candidates;
  }

  /** Numbers from one row to the next. */
  stride({ id, name }: Tensor): number {
    const stride = this.#strides[id];
    if (stride === undefined) throw new Error(`"${name}" is not in this network`);
    return stride;
  }

  /** Columns to compute: all of a panelled matrix's, so that each panel is. */
  columns(tensor: Tensor): number {
    return tensor.panels === 1 ? tensor.columns : this.stride(tensor);
  }

  /** Cells in the largest pass, padding included. */
  cells(tensor: Tensor): number {
    return this.capacityRows(tensor.rows) * this.stride(tensor);
  }

  capacityRows(rows: Rows): number {
    const states = roundUp(this.#capacity.states, ROWS);
    const largest = { states, candidates: this.#capacity.candidates };
    return roundUp(capacityRows(rows, largest, this.network.historyLength), ROWS);
  }

  /** Rows in the pass that is running. */
  rows({ rows }: Tensor): () => number {
    const { size } = this;
    if (rows === "states") return () => size.states;
    if (rows === "events") return () => size.events;
    if (rows === "candidates") return () => size.candidates;
    return () => rows;
  }

  /** Address of the values; gradients and indices alike. Memory is taken when something is first asked for. */
  values(tensor: Tensor): number {
    return this.#place(this.#values, tensor.id, () => this.cells(tensor));
  }

  gradients(tensor: Tensor): number {
    return this.#place(this.#gradients, tensor.id, () => this.cells(tensor));
  }

  indices({ id, rows, columns }: Indices): number {
    return this.#place(this.#indices, id, () => this.capacityRows(rows) * columns);
  }

  scratch(cells: number): number {
    return this.#arena.take(cells);
  }

  /** False for who asks first: that one overwrites the gradient. */
  accumulates({ id }: Tensor): boolean {
    if (this.#begun.has(id)) return true;
    this.#begun.add(id);
    return false;
  }

  /** What makes a gradient zero for a layer that only adds, when nobody has added to it before. */
  cleared(tensor: Tensor): readonly Call[] {
    return this.accumulates(tensor) ? [] : [this.clear(tensor)];
  }

  clear(tensor: Tensor): Call {
    const { calls } = this;
    const [at, stride, rows] = [this.gradients(tensor), this.stride(tensor), this.rows(tensor)];
    return () => calls.zero(at, rows() * stride);
  }

  #place(places: Map<number, number>, id: number, cells: () => number): number {
    const address = places.get(id) ?? this.#arena.take(cells());
    places.set(id, address);
    return address;
  }
}
