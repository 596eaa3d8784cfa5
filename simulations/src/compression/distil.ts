import {
  createTaskModel,
  currentState,
  type Engine,
  type Interaction,
  initialParameters,
  networkShape,
  policyScores,
  type Random,
  seededRandom,
  type TaskModel,
  type TaskSpec,
} from "@tacit/shared";
import { trainCentrally } from "../baselines/centralised.js";

const HISTORIES = 3000;
const EVENTS = 6;
/** Items that the teacher chooses each next one from. */
const CHOICE = 64;
const HOUR = 3_600_000;

interface DistilOptions {
  readonly teacher: TaskModel;
  readonly parameters: Float32Array;
  /** Of the same catalogue, with a smaller network. */
  readonly student: TaskSpec;
  readonly engine: Engine;
  readonly seed: number;
}

/**
 * A student's parameters, from what the teacher does and not from anybody's data: histories that the teacher's own policy
 * draws, item by item from the public catalogue, are what the student learns to go on with (sequence-level distillation:
 * Kim & Rush 2016, arXiv 1606.07947, §3.2). As private as the teacher is.
 */
export function distil({ teacher, parameters, student, engine, seed }: DistilOptions): Float32Array {
  const random = seededRandom(seed);
  const histories = Array.from({ length: HISTORIES }, () => imagined(teacher, parameters, random));
  return trainCentrally({
    task: student,
    catalogue: createTaskModel({ task: student, catalogue: teacher.catalogue, engine }).catalogue,
    engine,
    parameters: initialParameters(networkShape(student), student.model.seed),
    historiesOf: () => histories,
    seed,
  });
}

/** Clicks an hour apart: any item first, then what the teacher draws after those before. */
function imagined(teacher: TaskModel, parameters: Float32Array, random: Random): Interaction[] {
  const { task, catalogue } = teacher;
  const history: Interaction[] = [];
  for (let event = 0; event < EVENTS; event++) {
    const choice = Int32Array.from({ length: CHOICE }, () => random.integer(catalogue.size));
    const state = currentState(task, catalogue, history, event * HOUR);
    const { logits } = policyScores(teacher, parameters, state, choice);
    const row = event === 0 ? choice[0] : choice[drawn(logits, random)];
    history.push({ kind: "click", itemId: catalogue.ids[row ?? 0] ?? "", at: event * HOUR });
  }
  return history;
}

/** A place with probability softmax(logits), by the largest of logits with Gumbel noise. */
function drawn(logits: Float32Array, random: Random): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (const [place, logit] of logits.entries()) {
    const noisy = logit - Math.log(-Math.log(Math.max(Number.MIN_VALUE, random.uniform())));
    if (noisy > most) [best, most] = [place, noisy];
  }
  return best;
}
