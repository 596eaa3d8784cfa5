import { featureColumns, featureWidth } from "../catalogue/feature-width.js";
import { looksAtEmbeddings } from "../task/exploration-spec.js";
import type { FeatureSpec } from "../task/feature-spec.js";
import { INTERACTION_KINDS } from "../task/interaction-kind.js";
import type { ItemEncoderName } from "../task/item-encoder.js";
import type { LayersSpec } from "../task/layers-spec.js";
import { hasCritic } from "../task/objective-spec.js";
import type { StateEncoder } from "../task/state-encoder.js";
import type { TaskSpec } from "../task/task-spec.js";
import type { ViewShape } from "./item-view.js";

/** Everything that fixes the network's arithmetic and the length of its parameter vector. */
export interface NetworkShape {
  /** F, columns of an encoded item. */
  readonly features: number;
  /** Two towers when left out. */
  readonly itemEncoder?: ItemEncoderName;
  /** How items come into the network; as rows of F columns when left out. Entries change no parameter, only speed. */
  readonly views?: readonly ViewShape[];
  /** What the columns hold; absent where nothing depends on it. */
  readonly modalities?: readonly Modality[];
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
  /** Of the attention encoder's blocks, each of E / heads columns; 1 when left out. */
  readonly heads?: number;
  /** Of the attention encoder, one on another; 1 when left out. */
  readonly blocks?: number;
  /** States come with a vector of so many numbers and a bias of their user. Inputs: of E numbers it changes no parameter. */
  readonly personal?: number;
  /** C, columns of a state's context; none when left out. */
  readonly context?: number;
  /** Buckets of the item prior; none when left out. */
  readonly prior?: number;
  /** There is a Q(s, a) beside policy and value. */
  readonly critic?: boolean;
  /** The embeddings of candidates are read, too. Changes no parameter. */
  readonly embeds?: boolean;
  /** The author's own network, in place of the built-in one. */
  readonly layers?: LayersSpec;
}

/** Columns of one modality in a row of features. */
interface Modality {
  readonly kind: FeatureSpec["kind"];
  readonly first: number;
  readonly columns: number;
}

function modalitiesOf(features: readonly FeatureSpec[]): Modality[] {
  let next = 1;
  return features.map((spec) => {
    const first = next;
    const columns = featureColumns(spec);
    next += columns;
    return { kind: spec.kind, first, columns };
  });
}

/** A graph encoder sees the item itself, and two steps along each relation. */
function viewsOf({ catalogue, model }: TaskSpec): readonly ViewShape[] | undefined {
  if (model.itemEncoder === "gated-fusion")
    return modalitiesOf(catalogue.features).map(({ columns }) => ({ columns }));
  if (model.itemEncoder !== "graph") return undefined;
  const columns = featureWidth(catalogue.features);
  return Array.from({ length: 1 + 2 * (catalogue.relations?.length ?? 0) }, () => ({ columns }));
}

export function networkShape(task: TaskSpec): NetworkShape {
  const { catalogue, context, model } = task;
  const views = viewsOf(task);
  const fused = model.itemEncoder === "gated-fusion";
  const hasIds = catalogue.features.some(({ kind }) => kind === "id");
  return {
    features: featureWidth(catalogue.features),
    embedding: model.embedding,
    hidden: model.hidden,
    historyLength: model.historyLength,
    kinds: INTERACTION_KINDS.length,
    halfLifeDays: model.halfLifeDays,
    ...(model.placeDecay !== undefined && { placeDecay: model.placeDecay }),
    encoder: model.encoder,
    ...(model.heads && { heads: model.heads }),
    ...(model.blocks && { blocks: model.blocks }),
    ...(views && model.itemEncoder && { itemEncoder: model.itemEncoder, views }),
    ...((fused || hasIds) && { modalities: modalitiesOf(catalogue.features) }),
    ...(model.personal && { personal: model.personal.size ?? model.embedding }),
    ...(context && { context: featureWidth(context.features) - 1 }),
    ...(model.prior && { prior: model.prior.buckets }),
    ...(hasCritic(task.learning.objective) && { critic: true }),
    ...(looksAtEmbeddings(task.exploration) && { embeds: true }),
    ...(model.layers && { layers: model.layers }),
  };
}

/** Columns of what is told of an event beside its item: its kind, ln(1 + days ago), and its place where order counts. */
export function circumstanceWidth({ kinds, historyLength, encoder }: NetworkShape): number {
  return kinds + 1 + (encoder === "attention" ? historyLength : 0);
}
