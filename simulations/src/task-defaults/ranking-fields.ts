import { FED_SGD } from "./fed-sgd.js";

/** Versions of `npm start`. */
export const RANKING_ROUNDS = 12;

/** Fields of a task for histories that are ranked: a small model and few rounds, since noise is paid in √d and in participations. */
export const RANKING_FIELDS = {
  model: { embedding: 16, hidden: 8, historyLength: 10, halfLifeDays: 30 },
  learning: { ...FED_SGD.learning, candidates: 31, minimumInteractions: 1 },
  aggregation: { ...FED_SGD.aggregation, learningRate: 0.04 },
  clip: 1,
} as const;
