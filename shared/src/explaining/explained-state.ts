import type { ItemViews } from "../learning/item-views.js";
import { writeCandidates, writeStates } from "../learning/network-inputs.js";
import type { State } from "../learning/state.js";
import type { Compiled, TaskModel } from "../learning/task-model.js";
import type { Parameter } from "../network/draft.js";
import { type ExplainingNetwork, explainingNetwork } from "../network/explaining-network.js";
import { networkShape } from "../network/network-shape.js";
import { itemRows } from "./item-rows.js";
import { lessenedCount } from "./lessened-items.js";

const known = new WeakMap<TaskModel, Compiled<ExplainingNetwork>>();

/** Compiled once for a task's networks. Items come as columns, so that any row can be written, also of no item. */
function networkOf(model: TaskModel): Compiled<ExplainingNetwork> {
  const before = known.get(model);
  if (before) return before;
  const network = explainingNetwork(networkShape(model.task));
  const compiled = model.engine.compile(network, { states: 1, candidates: lessenedCount(model.task) });
  if (network.displaced) {
    const { cells, stride } = compiled.values(network.displaced.places);
    for (let place = 0; place < network.historyLength; place++) cells[place * stride + place] = 1;
  }
  known.set(model, { network, compiled });
  return { network, compiled };
}

interface ExplainedStateOptions {
  readonly model: TaskModel;
  readonly parameters: Float32Array;
  readonly state: State;
  /** The first is the item to be explained. */
  readonly candidates: ItemViews;
}

/** One item's score in one state, and what it is when something about the state is otherwise. */
export class ExplainedState {
  readonly state: State;
  readonly model: TaskModel;
  readonly network: ExplainingNetwork;
  readonly compiled: Compiled<ExplainingNetwork>["compiled"];
  /** Displacements of events, all zero, and the parameters. */
  readonly vector: Float32Array;
  /** Of the state's events, in their order. */
  readonly #items: ItemViews;

  constructor({ model, parameters, state, candidates }: ExplainedStateOptions) {
    const { network, compiled } = networkOf(model);
    this.model = model;
    this.network = network;
    this.compiled = compiled;
    this.#items = itemRows(
      model.catalogue,
      state.events.map(({ item }) => item),
    );
    this.state = { ...state, events: state.events.map((event, item) => ({ ...event, item })) };
    this.vector = new Float32Array(network.parameterCount);
    this.vector.set(parameters, network.parameterCount - parameters.length);
    compiled.load(this.vector);
    const rows = Array.from({ length: lessenedCount(model.task) }, (_, row) => row);
    writeCandidates({ catalogue: candidates, compiled, inputs: network.inputs }, rows);
  }

  /** Of the candidates, in their order. */
  scores(count: number): Float32Array {
    this.write(this.state);
    this.compiled.forward({ states: 1, candidates: count });
    return Float32Array.from(this.compiled.values(this.network.logits).cells.subarray(0, count));
  }

  /** Of the item in another state, whose events are among those of `state`. */
  score(state: State, items = this.#items): number {
    this.write(state, items);
    this.compiled.forward({ states: 1, candidates: 1 });
    return this.compiled.values(this.network.logits).cells[0] ?? 0;
  }

  /** Of the item, were these parameters zero. */
  scoreWithout({ offset, rows, columns }: Parameter): number {
    const without = this.vector.slice().fill(0, offset, offset + rows * columns);
    this.compiled.load(without);
    const score = this.score(this.state);
    this.compiled.load(this.vector);
    return score;
  }

  write(state: State, items = this.#items): void {
    const { compiled, network } = this;
    writeStates({ shape: this.model.shape, catalogue: items, compiled, inputs: network.inputs }, [state]);
  }
}
