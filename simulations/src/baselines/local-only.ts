import {
  type Catalogue,
  createTaskModel,
  type Engine,
  finish,
  type Interaction,
  localSteps,
  seededRandom,
  type TaskSpec,
  trainingTransitions,
  trainOnTransitions,
} from "@tacit/shared";

/** Trains one client from its own history. */
export type TrainAlone = (
  parameters: Float32Array,
  history: readonly Interaction[],
  seed: number,
) => Float32Array;

/** How often a client of so many takes part in the federation, rounded up. */
export const expectedParticipations = ({ rounds, cohort }: TaskSpec, clients: number): number =>
  Math.ceil((rounds * cohort.size) / clients);

/** What suits one client by itself, which has no cohort to be averaged with. */
const ALONE = {
  optimiser: "adam",
  learningRate: 0.02,
  batchSize: 16,
  gradientClip: undefined,
  localEpochs: undefined,
} as const;

/** With the films and the live environments, 10 to 36 did about as well, and many more learned the few events by heart. */
const FEWEST_STEPS = 20;

/**
 * A client that trains alone by steps of Adam, without noise: as many as it takes in the whole federation, and at least
 * twenty. Returns the parameters it began with where there is too little to learn from.
 */
export function trainAlone(options: {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  /** How often a client takes part in the federation; in every round when left out. */
  readonly participations?: number | undefined;
}): TrainAlone {
  const { task, participations = task.rounds } = options;
  const alone: TaskSpec = { ...task, learning: { ...task.learning, ...ALONE } };
  const model = createTaskModel({ ...options, task: alone });
  return (parameters, history, seed) => {
    const given = trainingTransitions({ model, parameters, history });
    if (!given.ok) return parameters;
    const together = participations * localSteps(task.learning, given.transitions.length);
    const learning = { ...alone.learning, localSteps: Math.max(FEWEST_STEPS, together) };
    const longer = { ...model, task: { ...alone, learning } };
    const training = { model: longer, parameters, random: seededRandom(seed) };
    return finish(trainOnTransitions(training, given.transitions)).parameters;
  };
}
