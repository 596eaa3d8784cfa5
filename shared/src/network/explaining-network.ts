import { NetworkDraft } from "./network.js";
import type { NetworkShape } from "./network-shape.js";
import { drawRecommender, type RecommenderNetwork } from "./recommender-network.js";
import type { Tensor } from "./tensor.js";

/** A recommender network for one state, whose events can be moved: the gradient of what moves them is that of events. */
export interface ExplainingNetwork extends RecommenderNetwork {
  /**
   * What moves events; undefined in a task's own network. The flat vector begins with L × E displacements, one row an
   * event's place, and goes on as that of a {@link RecommenderNetwork} of the same shape.
   */
  readonly displaced?: {
    /** L × L: the unit matrix, to be written before the first pass. */
    readonly places: Tensor;
    /** Events × E, displacements included. */
    readonly events: Tensor;
  };
}

export function explainingNetwork(shape: NetworkShape): ExplainingNetwork {
  const { historyLength: L, embedding: E } = shape;
  const draft = new NetworkDraft(L);
  if (shape.layers) {
    const drawn = drawRecommender(draft, shape);
    return { ...draft.finish([drawn.logits, drawn.values]), ...drawn };
  }
  const places = draft.input("places", "events", L);
  const weights = draft.parameter("displacement", L, E, { kind: "constant", value: 0 });
  const drawn = drawRecommender(draft, shape, [{ input: places, weights }]);
  const { logits, values, events } = drawn;
  return {
    ...draft.finish([logits, values, ...(events ? [events] : [])]),
    ...drawn,
    ...(events && { displaced: { places, events } }),
  };
}
