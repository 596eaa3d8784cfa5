import { featureWidth } from "../catalogue/feature-width.js";
import { INTERACTION_KINDS } from "../task/interaction-kind.js";
import type { LayersSpec } from "../task/layers-spec.js";
import type { StateEncoder } from "../task/state-encoder.js";
import type { TaskSpec } from "../task/task-spec.js";
import type { ViewShape } from "./item-view.js";

/** Everything that fixes the network's arithmetic and the length of its parameter vector. */
export interface NetworkShape {
  /** F, columns of an encoded item. */
  readonly features: number;
  /** How items come into the network; as rows of F columns when left out. Changes no parameter. */
  readonly views?: readonly ViewShape[];
  /** E, width of item, state and action embeddings. */
  readonly embedding: number;
  /** H, width of the hidden layers. */
  readonly hidden: number;
  /** L, events in a state. */
  readonly historyLength: number;
  readonly kinds: number;
  readonly halfLifeDays: number;
  readonly placeDecay?: number;
  readonly encoder: StateEncoder;
  /** C, columns of a state's context; none when left out. */
  readonly context?: number;
  /** The author's own network, in place of the built-in one. */
  readonly layers?: LayersSpec;
}

export function networkShape({ catalogue, context, model }: TaskSpec): NetworkShape {
  return {
    features: featureWidth(catalogue.features),
    embedding: model.embedding,
    hidden: model.hidden,
    historyLength: model.historyLength,
    kinds: INTERACTION_KINDS.length,
    halfLifeDays: model.halfLifeDays,
    ...(model.placeDecay !== undefined && { placeDecay: model.placeDecay }),
    encoder: model.encoder,
    ...(context && { context: featureWidth(context.features) - 1 }),
    ...(model.layers && { layers: model.layers }),
  };
}

/** Columns of what is told of an event beside its item: its kind, ln(1 + days ago), and its place where order counts. */
export function circumstanceWidth({ kinds, historyLength, encoder }: NetworkShape): number {
  return kinds + 1 + (encoder === "attention" ? historyLength : 0);
}
