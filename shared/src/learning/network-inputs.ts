import type { CompiledNetwork } from "../network/engine.js";
import type { NetworkShape } from "../network/network-shape.js";
import type { RecommenderInputs } from "../network/recommender-inputs.js";
import type { ItemViews } from "./item-views.js";
import type { Personal } from "./personal/personal.js";
import { bucketsOf } from "./prior/item-buckets.js";
import { writeRecencyWeights } from "./recency-weights.js";
import type { State } from "./state.js";
import { writeItem } from "./write-items.js";

const MILLISECONDS_A_DAY = 86_400_000;

interface Target {
  readonly shape: NetworkShape;
  readonly catalogue: ItemViews;
  readonly compiled: CompiledNetwork;
  readonly inputs: RecommenderInputs;
}

/** Writes states into a compiled network, one after the other. Rows of padding keep what they held: the mask is 0. */
export function writeStates({ shape, catalogue, compiled, inputs }: Target, states: readonly State[]): void {
  const circumstances = compiled.values(inputs.circumstances);
  const mask = compiled.values(inputs.mask);
  const recency = compiled.values(inputs.recency);
  const { historyLength, kinds, encoder } = shape;
  mask.cells.fill(0, 0, states.length * historyLength);
  recency.cells.fill(0, 0, states.length * historyLength);
  const context = inputs.context && compiled.values(inputs.context);
  for (const [row, state] of states.entries()) {
    if (inputs.personal) writePersonal(compiled, inputs.personal, state.personal, row);
    if (context && state.context) context.cells.set(state.context, row * context.stride);
    const ages = state.events.map(({ at }) => Math.max(0, state.at - at) / MILLISECONDS_A_DAY);
    writeRecencyWeights(ages, shape, recency.cells, row * historyLength);
    for (let place = 0; place < state.events.length; place++) {
      const event = state.events[place];
      if (!event) continue;
      const cell = row * historyLength + place;
      writeItem(catalogue, event.item, compiled, inputs.events, cell);
      const told = cell * circumstances.stride;
      circumstances.cells.fill(0, told, told + circumstances.stride);
      circumstances.cells[told + event.kind] = 1;
      circumstances.cells[told + kinds] = Math.log1p(ages[place] ?? 0);
      if (encoder === "attention") {
        circumstances.cells[told + kinds + state.events.length - place] = 1;
      }
      mask.cells[cell] = 1;
    }
  }
}

/** Writes rows of the catalogue as candidates, from candidate `first` on. */
export function writeCandidates(
  { catalogue, compiled, inputs }: Pick<Target, "catalogue" | "compiled" | "inputs">,
  items: ArrayLike<number>,
  first = 0,
): void {
  for (let i = 0; i < items.length; i++) {
    writeItem(catalogue, items[i] ?? 0, compiled, inputs.candidates, first + i);
  }
  if (!inputs.buckets || !catalogue.buckets) return;
  const columns = compiled.indices(inputs.buckets);
  for (let i = 0; i < items.length; i++) {
    columns.set(bucketsOf(catalogue.buckets, items[i] ?? 0), (first + i) * inputs.buckets.columns);
  }
}

function writePersonal(
  compiled: CompiledNetwork,
  inputs: NonNullable<RecommenderInputs["personal"]>,
  personal: Personal | undefined,
  row: number,
): void {
  const { cells, stride } = compiled.values(inputs.vector);
  if (personal) cells.set(personal.vector, row * stride);
  else cells.fill(0, row * stride, (row + 1) * stride);
  compiled.values(inputs.bias).cells[row] = personal?.bias ?? 0;
}
