import {
  createTaskModel,
  currentState,
  type Engine,
  finish,
  type Item,
  initialParameters,
  parseTask,
  personalState,
  policyScores,
  seededRandom,
  type TaskModel,
  type TaskSpec,
  type TaskSpecInput,
  trainingTransitions,
  trainOnTransitions,
} from "@tacit/shared";
import { taskCatalogue } from "../datasets/task-catalogue.js";
import type { Toy } from "./toy.js";

/** The next item alone is learned: such a toy asks what a network can see, not how it should act. */
const LEARNING: TaskSpecInput["learning"] = {
  localSteps: 500,
  batchSize: 32,
  learningRate: 0.01,
  candidates: 15,
  minimumInteractions: 1,
  objective: { kind: "actor-critic", nextItemWeight: 1, policyWeight: 0, valueWeight: 0, entropyWeight: 0 },
};
const PERSONAL_ROUNDS = 5;
const SIZES = { embedding: 16, hidden: 16 };

/** The share of choices that each arm of a toy gets right, by its name. Equal scores are right half the time. */
export function playToy(toy: Toy, engine: Engine, seed: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(toy.arms).map(([name, { model, ...arm }]) => {
      const task = taskOf(toy, { ...arm, model: { ...SIZES, seed, ...model } });
      return [name, shareRight(toy, task, engine, seed)];
    }),
  );
}

function taskOf({ catalogue, learning }: Toy, arm: Toy["arms"][string]): TaskSpec {
  const parsed = parseTask({ name: "toy", catalogue, learning: { ...LEARNING, ...learning }, ...arm });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

/** In tasks with personal parameters these are found again, from the model as it then is, before every fifth of the steps. */
function train(toy: Toy, { task, ...model }: TaskModel, seed: number): Float32Array {
  const rounds = task.model.personal ? PERSONAL_ROUNDS : 1;
  const localSteps = task.learning.localSteps / rounds;
  const trained = { ...model, task: { ...task, learning: { ...task.learning, localSteps } } };
  const random = seededRandom(seed);
  let parameters = initialParameters(model.shape, seed);
  for (let round = 0; round < rounds; round++) {
    const options = { model: trained, parameters, random };
    const transitions = toy.histories.flatMap((history) => {
      const given = trainingTransitions({ ...options, history });
      if (!given.ok) throw new Error(given.refused);
      return toy.lastOnly ? given.transitions.slice(-1) : given.transitions;
    });
    parameters = finish(trainOnTransitions(options, transitions)).parameters;
  }
  return parameters;
}

function shareRight(toy: Toy, task: TaskSpec, engine: Engine, seed: number): number {
  const modelOf = (items: readonly Item[]) =>
    createTaskModel({ task, catalogue: taskCatalogue(task, items, toy.relations), engine });
  const trained = modelOf(toy.items);
  const parameters = train(toy, trained, seed);
  const model = modelOf([...toy.items, ...(toy.newItems ?? [])]);
  const { catalogue } = model;
  const right = toy.choices.map(({ history, right, wrong, context }) => {
    const told = currentState(task, catalogue, history, 1 + (history.at(-1)?.at ?? 0), context);
    const state = personalState(model, parameters, history, told);
    const rows = [right, wrong].map((id) => catalogue.index(id) ?? 0);
    const [better = 0, worse = 0] = policyScores(model, parameters, state, Int32Array.from(rows)).logits;
    return better === worse ? 0.5 : Number(better > worse);
  });
  return right.reduce((sum, value) => sum + value, 0) / right.length;
}
