import {
  createCatalogue,
  createTaskModel,
  currentState,
  type Engine,
  finish,
  initialParameters,
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
import { type Mdp, policyValues, startValue } from "./mdp.js";
import type { Problem } from "./problem.js";

/** Versions of the model; the received parameters are the targets of each. */
const ROUNDS = 50;
const LEARNING = { localSteps: 20, batchSize: 64, learningRate: 0.01, minimumInteractions: 1 };
const MODEL = { embedding: 16, hidden: 16, historyLength: 1 };
/** Sampled candidates for each item that there is beside the action. */
const CANDIDATES_AN_ITEM = 2;

/**
 * Trains on one log of a problem, and follows the best score in every state. What an episode is worth by that policy: exact, by
 * dynamic programming.
 */
export function playProblem(
  problem: Problem,
  objective: ObjectiveInput,
  engine: Engine,
  seed: number,
): number {
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
  const policy = Array.from({ length: mdp.states }, (_, state) => greedy(model, parameters, state));
  return startValue(
    mdp,
    policyValues(mdp, (state) => policy[state] ?? []),
  );
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

/** All on the best score. */
function greedy(model: TaskModel, parameters: Float32Array, state: number): readonly number[] {
  const { task, catalogue } = model;
  const told = currentState(task, catalogue, [], 0, { cell: cellOf(state) });
  const rows = Int32Array.from(
    { length: catalogue.size },
    (_, action) => catalogue.index(itemOf(action)) ?? 0,
  );
  const { logits } = policyScores(model, parameters, told, rows);
  const best = logits.indexOf(Math.max(...logits));
  return Array.from(logits, (_, action) => (action === best ? 1 : 0));
}
