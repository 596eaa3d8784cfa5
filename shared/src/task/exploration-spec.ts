import * as v from "valibot";
import { positive, real, whole, within } from "./numbers.js";

/** λ of A = λI + Σ a aᵀ. */
const ridge = positive(1e6, 1);

const epsilonGreedy = v.strictObject({
  kind: v.optional(v.literal("epsilon-greedy"), "epsilon-greedy"),
  epsilon: real(0, 1, 0.1),
});

const boltzmann = v.strictObject({
  kind: v.literal("boltzmann"),
  temperature: positive(1e4, 1),
  /** Share of the most entropy there could be, which then decides the temperature. */
  targetEntropy: v.optional(within(0.001, 0.999)),
});

const upperConfidence = v.strictObject({
  kind: v.literal("ucb"),
  /** Deviations that an item's score is raised by. */
  width: real(0, 1000, 1),
  ridge,
  epsilon: real(0, 1, 0.05),
});

const thompson = v.strictObject({
  kind: v.literal("thompson"),
  /** ν */
  deviation: real(0, 1000, 1),
  ridge,
  /** Vectors drawn a slate. */
  draws: whole(1, 256, 16),
  epsilon: real(0, 1, 0.05),
});

/** How slates try what the model is not sure of. */
export const explorationSchema = v.variant("kind", [epsilonGreedy, boltzmann, upperConfidence, thompson]);

export type ExplorationSpec = v.InferOutput<typeof explorationSchema>;
export type BoltzmannSpec = v.InferOutput<typeof boltzmann>;
export type UpperConfidenceSpec = v.InferOutput<typeof upperConfidence>;
export type ThompsonSpec = v.InferOutput<typeof thompson>;

/** Whether the embeddings of the network's last layer are looked at. */
export const looksAtEmbeddings = ({ kind }: ExplorationSpec): boolean =>
  kind === "ucb" || kind === "thompson";
