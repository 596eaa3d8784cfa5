import type { Random } from "../../random/random.js";
import type { ExplorationSpec } from "../../task/exploration-spec.js";
import { boltzmann } from "./boltzmann.js";
import { epsilonGreedyPlaces } from "./epsilon-greedy.js";
import type { ActionEmbeddings, PlacePolicy, Prospects } from "./place-policy.js";
import { thompson } from "./thompson.js";
import { upperConfidence } from "./upper-confidence.js";

/** The task's exploration, for one slate. What a kind has to draw once a slate comes from `random`. */
export function explore(exploration: ExplorationSpec, prospects: Prospects, random: Random): PlacePolicy {
  const { embeddings = unknown(prospects) } = prospects;
  switch (exploration.kind) {
    case "boltzmann":
      return boltzmann(exploration);
    case "ucb":
      return upperConfidence(exploration, embeddings);
    case "thompson":
      return thompson(exploration, embeddings, random);
    default:
      return epsilonGreedyPlaces(exploration.epsilon);
  }
}

/** Nothing is told of the candidates: all are as uncertain. */
const unknown = ({ scores }: Prospects): ActionEmbeddings => ({
  width: 1,
  candidates: new Float32Array(scores.length),
  past: [],
});
