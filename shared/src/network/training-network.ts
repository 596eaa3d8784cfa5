import { type Distribution, sampledSoftmaxLoss, softmaxLoss } from "./layers/softmax-loss.js";
import { valueLoss } from "./layers/value-loss.js";
import { NetworkDraft } from "./network.js";
import type { NetworkShape } from "./network-shape.js";
import { drawRecommender, type RecommenderNetwork } from "./recommender-network.js";
import type { Indices, Tensor } from "./tensor.js";

/** A recommender network with what its objectives are made of. */
export interface TrainingNetwork extends RecommenderNetwork {
  /** States × 1: the candidate that was the action taken. */
  readonly taken: Indices;
  /** States × 1: what each state's value should be. */
  readonly targets: Tensor;
  /** π over the whole catalogue, each sampled candidate standing for many items. */
  readonly policy: Distribution;
  /** The softmax over the candidates alone. */
  readonly choice: Distribution;
  /** States × 1: ½ (V(s) − target)². */
  readonly valueLosses: Tensor;
}

/** `itemsPerNegative`: how many items of the catalogue one sampled candidate stands for. */
export function trainingNetwork(shape: NetworkShape, itemsPerNegative: number): TrainingNetwork {
  const draft = new NetworkDraft(shape.historyLength);
  const drawn = drawRecommender(draft, shape);
  const taken = draft.integers("taken", "states", 1);
  const targets = draft.input("targets", "states", 1);
  const policy = sampledSoftmaxLoss(draft, drawn.logits, taken, Math.log(itemsPerNegative));
  const choice = softmaxLoss(draft, drawn.logits, taken);
  const valueLosses = valueLoss(draft, drawn.values, targets);
  const outputs = [
    drawn.logits,
    drawn.values,
    policy.logProbabilities,
    policy.entropies,
    choice.logProbabilities,
    choice.entropies,
    valueLosses,
    ...(drawn.critic ? [drawn.critic] : []),
  ];
  return { ...draft.finish(outputs), ...drawn, taken, targets, policy, choice, valueLosses };
}
