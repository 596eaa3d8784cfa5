import {
  createCatalogue,
  createTaskModel,
  currentState,
  type Engine,
  finish,
  initialParameters,
  type PolicyScores,
  parseTask,
  policyScores,
  seededRandom,
  type TaskModel,
  type TaskSpec,
  trainOnTransitions,
  trajectories,
} from "@tacit/shared";
import type { ObjectiveInput } from "./arms.js";
import { cellOf, itemOf, logEpisodes } from "./log-episodes.js";
import type { Mdp } from "./mdp.js";
import type { Problem } from "./problem.js";

/** Versions of the model; the received parameters are the targets of each. */
const ROUNDS = 50;
const LEARNING = { localSteps: 20, batchSize: 64, learningRate: 0.01, minimumInteractions: 1 };
const MODEL = { embedding: 16, hidden: 16, historyLength: 1 };
/** Sampled candidates for each item that there is beside the action. */
const CANDIDATES_AN_ITEM = 2;

/** What was learned from one log, in each state. */
export interface Learned {
  /** Of all actions in this state, in their order, with the value that hosts are told of it. */
  scores(state: number): PolicyScores;
}

/** Trains on one log of a problem. */
export function learnProblem(
  problem: Problem,
  objective: ObjectiveInput,
  engine: Engine,
  seed: number,
): Learned {
  const { mdp } = problem;
  const task = taskOf(mdp, objective, seed);
  const items = Array.from({ length: mdp.actions }, (_, action) => ({
    id: itemOf(action),
    features: { name: itemOf(action) },
  }));
  const catalogue = createCatalogue(task.catalogue.features, items);
  const model = createTaskModel({ task, catalogue, engine });
  const random = seededRandom(seed);
  const transitions = logEpisodes(problem, random).flatMap((history) =>
    trajectories(task, catalogue, history),
  );
  let parameters = initialParameters(model.shape, seed);
  for (let round = 0; round < ROUNDS; round++) {
    ({ parameters } = finish(trainOnTransitions({ model, parameters, random }, transitions)));
  }
  return { scores: (state) => scoresIn(model, parameters, state) };
}

function scoresIn(model: TaskModel, parameters: Float32Array, state: number): PolicyScores {
  const { task, catalogue } = model;
  const told = currentState(task, catalogue, [], 0, { cell: cellOf(state) });
  const rows = Int32Array.from(
    { length: catalogue.size },
    (_, action) => catalogue.index(itemOf(action)) ?? 0,
  );
  return policyScores(model, parameters, told, rows);
}

function taskOf(mdp: Mdp, objective: ObjectiveInput, seed: number): TaskSpec {
  const names = (count: number, name: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => name(i));
  const parsed = parseTask({
    name: "objectives",
    catalogue: { features: [{ name: "name", kind: "categorical", values: names(mdp.actions, itemOf) }] },
    context: { features: [{ name: "cell", kind: "categorical", values: names(mdp.states, cellOf) }] },
    model: { ...MODEL, seed },
    learning: { ...LEARNING, candidates: CANDIDATES_AN_ITEM * (mdp.actions - 1), objective },
    reward: { weights: mdp.worth, discount: mdp.discount },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}
