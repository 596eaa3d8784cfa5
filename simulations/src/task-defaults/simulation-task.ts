import {
  calibrateNoise,
  type FeatureSpec,
  type PrivacyMode,
  parseTask,
  problemText,
  type TaskSpec,
  type TaskSpecInput,
  updateLength,
} from "@tacit/shared";
import { deployedTask } from "./deployed-task.js";
import { isDocument, override, type TaskOverrides } from "./task-overrides.js";

/** What whoever runs a simulation may choose about its task. */
export interface RunChoices {
  readonly rounds: number;
  readonly seed: number;
  /** `distributed` when left out. */
  readonly mode?: PrivacyMode | undefined;
  readonly epsilon: number;
  /** When left out, everybody is in every cohort. */
  readonly cohort?: { readonly size: number; readonly minimum: number } | undefined;
  /** People for whom each client stands (1 when left out): the noise is the least for cohorts of so many more. */
  readonly standsFor?: number | undefined;
  /** Of one client at most; as many as there are rounds when left out. */
  readonly participations?: number | undefined;
  /** Instead of the task's own, which suits a few rounds. */
  readonly serverLearningRate?: number | undefined;
  /** Fields of the task that take the place of all that is chosen here; noise stays the least for epsilon unless it is one of them. */
  readonly overrides?: TaskOverrides | undefined;
}

export interface SimulationTaskOptions {
  readonly name: string;
  readonly features: readonly FeatureSpec[];
  readonly clients: number;
  /** Its budget is one of the whole run at δ = 1e-5: against the released models, in mode `local` against the coordinator. */
  readonly choices: RunChoices;
  readonly learning: NonNullable<TaskSpecInput["learning"]>;
  readonly model: NonNullable<TaskSpecInput["model"]>;
  readonly clip: number;
  readonly aggregation: NonNullable<TaskSpecInput["aggregation"]>;
}

/**
 * A task for one simulated population. The noise is the least that keeps a client that takes part as often as it may
 * within the run's epsilon.
 * @throws Error naming the fields when the options make no valid task (for instance fewer than two clients).
 */
export function simulationTask({
  name,
  features,
  clients,
  choices,
  learning,
  model,
  clip,
  aggregation,
}: SimulationTaskOptions): TaskSpec {
  const { rounds, seed, mode = "distributed", epsilon, participations = rounds } = choices;
  const cohort = choices.cohort ?? { size: clients, minimum: clients };
  const input = {
    name,
    catalogue: { features: [...features] },
    model: { ...model, seed },
    learning,
    privacy: { mode, clip, delta: 1e-5, maximumEpsilon: epsilon, maximumParticipations: participations },
    cohort: { ...cohort, timeoutSeconds: 600 },
    aggregation: {
      ...aggregation,
      ...(choices.serverLearningRate !== undefined && { learningRate: choices.serverLearningRate }),
    },
    rounds,
  } satisfies TaskSpecInput;
  const parsed = parseTask(override(input, choices.overrides ?? {}));
  if (!parsed.ok) {
    throw new Error(problemText(parsed.problems));
  }
  const { task } = parsed;
  if (givesNoise(choices.overrides)) return task;
  const deployed = deployedTask(task, choices.standsFor);
  const noiseMultiplier = calibrateNoise(deployed, updateLength(task), task.privacy.maximumParticipations);
  if (noiseMultiplier === undefined) {
    throw new Error(
      `epsilon: ${task.privacy.maximumEpsilon} over ${task.privacy.maximumParticipations} participations needs more noise than the modulus holds`,
    );
  }
  return { ...task, privacy: { ...task.privacy, noiseMultiplier } };
}

const givesNoise = ({ privacy }: TaskOverrides = {}): boolean =>
  isDocument(privacy) && privacy.noiseMultiplier !== undefined;
