import {
  calibrateNoise,
  type FeatureSpec,
  networkShape,
  type PrivacyMode,
  parameterCount,
  parseTask,
  type TaskSpec,
  type TaskSpecInput,
} from "@tacit/shared";

/** What whoever runs a simulation may choose about its task. */
export interface RunChoices {
  readonly rounds: number;
  readonly seed: number;
  /** `distributed` when left out. */
  readonly mode?: PrivacyMode | undefined;
  readonly epsilon: number;
}

export interface SimulationTaskOptions {
  readonly name: string;
  readonly features: readonly FeatureSpec[];
  /** Everybody takes part in every round: the noise on the mean falls with their number. */
  readonly clients: number;
  readonly rounds: number;
  readonly seed: number;
  readonly mode: PrivacyMode;
  /** Budget of the whole run at δ = 1e-5: against the released models, in mode `local` against the coordinator. */
  readonly epsilon: number;
  readonly learning: NonNullable<TaskSpecInput["learning"]>;
  readonly model: NonNullable<TaskSpecInput["model"]>;
  readonly clip: number;
  readonly serverLearningRate: number;
}

/**
 * A task for one simulated population. The noise is the least that keeps the whole run, every client in every round,
 * within its epsilon.
 * @throws Error naming the fields when the options make no valid task (for instance fewer than two clients).
 */
export function simulationTask({
  name,
  features,
  clients,
  rounds,
  seed,
  mode,
  epsilon,
  learning,
  model,
  clip,
  serverLearningRate,
}: SimulationTaskOptions): TaskSpec {
  const parsed = parseTask({
    name,
    catalogue: { features: [...features] },
    model: { ...model, seed },
    learning,
    privacy: { mode, clip, delta: 1e-5, maximumEpsilon: epsilon, maximumParticipations: rounds },
    cohort: { size: clients, minimum: clients, timeoutSeconds: 600 },
    aggregation: { learningRate: serverLearningRate },
    rounds,
  } satisfies TaskSpecInput);
  if (!parsed.ok) {
    throw new Error(parsed.problems.map(({ field, message }) => `${field}: ${message}`).join("; "));
  }
  const { task } = parsed;
  const noiseMultiplier = calibrateNoise(task, parameterCount(networkShape(task)), rounds);
  if (noiseMultiplier === undefined) {
    throw new Error(`epsilon: ${epsilon} over ${rounds} rounds needs more noise than the modulus holds`);
  }
  return { ...task, privacy: { ...task.privacy, noiseMultiplier } };
}
