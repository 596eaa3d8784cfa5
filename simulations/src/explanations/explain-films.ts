import {
  createCatalogue,
  createTaskModel,
  currentState,
  type Engine,
  initialParameters,
  networkShape,
  policyScores,
  reasonsOf,
  seededRandom,
  type TaskSpecInput,
} from "@tacit/shared";
import { trainCentrally } from "../baselines/centralised.js";
import { moviesEnvironment } from "../environments/movies.js";
import { moviesTask } from "../task-defaults/movies-task.js";
import { type Deletions, deletions } from "./deletions.js";

/** Networks that are explained, by name. */
export const ARMS: Readonly<Record<string, NonNullable<TaskSpecInput["model"]>>> = {
  mean: {},
  gru: { encoder: "gru" },
  lstm: { encoder: "lstm" },
  attention: { encoder: "attention" },
  "gated-fusion": { itemEncoder: "gated-fusion" },
};

/** Steps a person and round, of one model that takes them all. */
const TRAINING = { localSteps: 6, batchSize: 16 };

/** What is recommended first to everybody, explained in both ways. */
export interface ExplainedFilms {
  readonly leaveOneOut: readonly Deletions[];
  readonly integratedGradients: readonly Deletions[];
  /** How far each score falls without the item's strongest feature, and in the mean without any one of them. */
  readonly features: readonly { readonly strongest: number; readonly random: number }[];
}

interface ExplainFilmsOptions {
  readonly model: NonNullable<TaskSpecInput["model"]>;
  readonly clients: number;
  readonly rounds: number;
  readonly engine: Engine;
  readonly seed: number;
}

/** Trains on a population of the films' choice model, without privacy, and explains each client's best film. */
export function explainFilms(options: ExplainFilmsOptions): ExplainedFilms {
  const { engine, seed, clients, rounds } = options;
  const environment = moviesEnvironment({ clients, seed });
  const task = moviesTask(environment, {
    rounds,
    seed,
    epsilon: 10,
    overrides: {
      model: { ...options.model },
      learning: TRAINING,
      privacy: { noiseMultiplier: 1 },
    },
  });
  const catalogue = createCatalogue(task.catalogue.features, environment.items);
  const initial = initialParameters(networkShape(task), seed);
  const histories = environment.clients.map(({ history }) => history);
  const historiesOf = () => histories;
  const parameters = trainCentrally({ task, catalogue, engine, parameters: initial, historiesOf, seed });
  const model = createTaskModel({ task, catalogue, engine });
  const random = seededRandom(seed);
  const everything = Int32Array.from({ length: catalogue.size }, (_, row) => row);
  const explained = environment.clients.map(({ history, heldOut }) => {
    const state = currentState(task, model.catalogue, history, heldOut.at);
    const { logits } = policyScores(model, parameters, state, everything);
    const asked = { model, parameters, state, item: logits.indexOf(Math.max(...logits)), random };
    return {
      exact: deletions({ ...asked, exactUpTo: Number.POSITIVE_INFINITY }),
      integrated: deletions({ ...asked, exactUpTo: 0 }),
      features: featureFalls(reasonsOf(model, asked).reasons, task.catalogue.features.length),
    };
  });
  return {
    leaveOneOut: explained.flatMap(({ exact }) => exact ?? []),
    integratedGradients: explained.flatMap(({ integrated }) => integrated ?? []),
    features: explained.map(({ features }) => features),
  };
}

function featureFalls(
  reasons: ReturnType<typeof reasonsOf>["reasons"],
  count: number,
): { readonly strongest: number; readonly random: number } {
  const falls = reasons.flatMap((reason) => (reason.kind === "feature" ? [reason.contribution] : []));
  return { strongest: Math.max(0, ...falls), random: falls.reduce((sum, fall) => sum + fall, 0) / count };
}
