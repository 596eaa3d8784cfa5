import type { LayersSpec } from "../task/layers-spec.js";
import { drawCritic } from "./critic.js";
import type { Parameter } from "./draft.js";
import { encodeSequence } from "./encoders/state-encoder.js";
import { drawItemEncoder } from "./item-encoders/draw-item-encoder.js";
import { viewInput } from "./item-encoders/view-input.js";
import { BUCKETS_AN_ITEM, itemPrior } from "./item-prior.js";
import { layersModel, type OwnModelInputs } from "./layers/layers-model.js";
import { linear, type Term } from "./layers/linear.js";
import { score } from "./layers/score.js";
import { weightedMean } from "./layers/weighted-mean.js";
import { type Network, NetworkDraft } from "./network.js";
import { circumstanceWidth, type NetworkShape } from "./network-shape.js";
import type { RecommenderInputs } from "./recommender-inputs.js";
import type { Tensor } from "./tensor.js";
import { tower } from "./tower.js";

/** A policy and a value network over states and candidate actions. */
export interface RecommenderNetwork extends Network {
  readonly inputs: RecommenderInputs;
  /** Candidates × 1: unnormalised ln π(a|s). */
  readonly logits: Tensor;
  /** States × 1: V(s). */
  readonly values: Tensor;
  /** Candidates × E: what the last layer multiplies with the user's vector; not in a task's own network. */
  readonly actions?: Tensor;
  /** Candidates × 1: Q(s, a), in tasks whose objective learns it beside the policy. */
  readonly critic?: Tensor;
  /** Personal vector's length × E: what it enters by, where it is shorter than E. */
  readonly projection?: Parameter;
  /** Buckets × 1, not trained: ln of what is popular. */
  readonly prior?: Parameter;
  /** Events × E: what the state encoder reads; not in a task's own network. */
  readonly events?: Tensor;
}

type Drawn = Pick<
  RecommenderNetwork,
  "inputs" | "logits" | "values" | "actions" | "critic" | "events" | "projection" | "prior"
>;

/** How far the untrained policy follows content similarity. */
const SIMILARITY = { kind: "identity", gain: 2 } as const;
/** A short personal vector is at first that of the first columns: as good as any, since items' are drawn at random. */
const ONTO_FIRST = { kind: "identity", gain: 1 } as const;
const ZERO = { kind: "constant", value: 0 } as const;

/** The network that ranks. {@link trainingNetwork} has the same parameters, and the losses. */
export function recommenderNetwork(shape: NetworkShape): RecommenderNetwork {
  const draft = new NetworkDraft(shape.historyLength);
  const drawn = drawRecommender(draft, shape);
  const { logits, values, actions, critic } = drawn;
  const outputs = [
    logits,
    values,
    ...((shape.personal || shape.embeds) && actions ? [actions] : []),
    ...(critic ? [critic] : []),
  ];
  return { ...draft.finish(outputs), ...drawn };
}

/**
 * The task's own network where it brings one, else two towers. One matrix projects the features of events and candidates, so that the first version ranks by
 * similarity: products of random projections approximate those of the features. What is added to that starts at zero.
 *
 *   logit = action · user + bias   action = item + tower(item)   user = mean · skip + tower(mean, sequence, context) + personal
 *   personal = the vector as it is, or vector · projection where it is shorter
 *   bias = item + weight · prior, the least prior of the item's buckets, which are not trained
 *
 * `displacements` are added to each event; a task's own network takes none.
 */
export function drawRecommender(
  draft: NetworkDraft,
  shape: NetworkShape,
  displacements: readonly Term[] = [],
): Drawn {
  const { features: F, embedding: E, hidden: H, views = [{ columns: F }] } = shape;
  const itemsInput = (rows: "events" | "candidates") => ({
    views: views.map((view, i) => viewInput(draft, views.length > 1 ? `${rows} ${i}` : rows, rows, view)),
    present: shape.itemEncoder && draft.input(`${rows} present`, rows, views.length),
  });
  const told = {
    circumstances: draft.input("circumstances", "events", circumstanceWidth(shape)),
    mask: draft.input("mask", "events", 1),
    recency: draft.input("recency", "events", 1),
    personal: shape.personal
      ? {
          vector: draft.input("personal vector", "states", shape.personal),
          bias: draft.input("personal bias", "states", 1),
        }
      : undefined,
    context: shape.context ? draft.input("context", "states", shape.context) : undefined,
  };
  if (shape.layers) return drawOwn(draft, shape, shape.layers, told);
  const buckets = shape.prior
    ? draft.integers("candidates buckets", "candidates", BUCKETS_AN_ITEM)
    : undefined;
  const inputs = {
    ...told,
    events: itemsInput("events"),
    candidates: itemsInput("candidates"),
    buckets,
  };
  const encoder = drawItemEncoder(draft, shape);
  const circumstance = draft.parameter("circumstance", circumstanceWidth(shape), E, ZERO);
  const events = linear(draft, {
    terms: [{ input: inputs.circumstances, weights: circumstance }, ...displacements],
    residual: encoder.embed(inputs.events),
  });
  const mean = weightedMean(draft, inputs.recency, events);
  const sequence = encodeSequence(draft, shape, { events, mask: inputs.mask });
  const { context } = inputs;
  const state = [mean, ...(sequence ? [sequence] : []), ...(context ? [context] : [])] as const;

  const { personal } = inputs;
  const projection =
    personal && personal.vector.columns < E
      ? draft.parameter("personal projection", personal.vector.columns, E, ONTO_FIRST)
      : undefined;
  const user = linear(draft, {
    terms: [
      { input: mean, weights: draft.parameter("state skip", E, E, SIMILARITY) },
      { input: tower(draft, "state", state, H), weights: draft.parameter("state out", H, E, ZERO) },
      ...(personal && projection ? [{ input: personal.vector, weights: projection }] : []),
    ],
    ...(personal && !projection && { residual: personal.vector }),
  });
  const candidate = encoder.embed(inputs.candidates);
  const action = linear(draft, {
    terms: [
      { input: tower(draft, "action", [candidate], H), weights: draft.parameter("action out", H, E, ZERO) },
    ],
    residual: candidate,
  });
  const ownBiases = encoder.bias(inputs.candidates, candidate);
  const values = linear(draft, {
    terms: [{ input: tower(draft, "value", state, H), weights: draft.parameter("value out", H, 1, ZERO) }],
    bias: draft.parameter("value out bias", 1, 1, ZERO),
    ...(personal && { residual: personal.bias }),
  });
  const critic = shape.critic ? drawCritic(draft, state, action, H) : undefined;
  const prior = buckets && shape.prior ? itemPrior(draft, shape.prior, buckets, ownBiases) : undefined;
  const logits = score(draft, { actions: action, users: user, biases: prior?.biases ?? ownBiases });
  return {
    inputs,
    logits,
    values,
    actions: action,
    events,
    ...(critic && { critic }),
    ...(projection && { projection }),
    ...(prior && { prior: prior.table }),
  };
}

/** The task's own network reads items as rows of F columns. */
function drawOwn(
  draft: NetworkDraft,
  { features }: NetworkShape,
  layers: LayersSpec,
  told: Omit<OwnModelInputs, "events" | "candidates">,
): Drawn {
  const events = draft.input("events", "events", features);
  const candidates = draft.input("candidates", "candidates", features);
  const view = (features: Tensor) => ({ views: [{ kind: "dense", features } as const], present: undefined });
  const inputs = {
    ...told,
    personal: undefined,
    buckets: undefined,
    events: view(events),
    candidates: view(candidates),
  };
  return { inputs, ...layersModel(draft, layers, { ...told, events, candidates }) };
}
