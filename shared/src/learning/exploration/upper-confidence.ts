import type { UpperConfidenceSpec } from "../../task/exploration-spec.js";
import { epsilonGreedyPlaces } from "./epsilon-greedy.js";
import type { ActionEmbeddings, PlacePolicy } from "./place-policy.js";
import { Precision } from "./precision.js";

/**
 * score + width · √(aᵀ A⁻¹ a): the best that an item may be worth by what the last layer cannot be sure of yet (LinUCB: Li et al.
 * 2010, arXiv 1003.0146, algorithm 1; the score is the network's own). Alone it would show one item for certain, and what is
 * never shown cannot be evaluated: with probability epsilon each place is uniform.
 */
export function upperConfidence(
  { width, ridge, epsilon }: UpperConfidenceSpec,
  embeddings: ActionEmbeddings,
): PlacePolicy {
  const precision = new Precision(embeddings, ridge);
  const places = epsilonGreedyPlaces(epsilon);
  const count = embeddings.candidates.length / embeddings.width;
  const bonuses = Float64Array.from(
    { length: count },
    (_, place) => width * precision.deviation(embeddings.candidates, place * embeddings.width),
  );
  return (scores) => places(scores.map((score, place) => score + (bonuses[place] ?? 0)));
}
