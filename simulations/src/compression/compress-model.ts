import {
  type Encoding,
  type Engine,
  initialParameters,
  logitsAreAdvantages,
  networkShape,
  reward,
  roundedTo,
  type TaskSpec,
} from "@tacit/shared";
import { RefusedError } from "../refused-error.js";
import type { TrainedModel } from "../trained-model/trained-model.js";
import { EXACT } from "./delivered-bytes.js";
import { type DistilPhase, distillation } from "./distil.js";
import { takingOf } from "./imagined-histories.js";
import { prune } from "./prune.js";
import type { Ranker } from "./ranker.js";

interface CompressionSteps {
  /** First of all: a smaller network, and how many histories it learns from. */
  readonly student?: { readonly task: TaskSpec; readonly histories: number } | undefined;
  /** Then: of the parameters, the smallest, to zero. */
  readonly share?: number | undefined;
  /** At last: what versions of the task are rounded to. */
  readonly encoding?: Encoding | undefined;
}

/** A model after some step. */
export interface NamedModel {
  readonly form: string;
  readonly model: TrainedModel;
}

interface CompressModelOptions extends CompressionSteps {
  readonly given: TrainedModel;
  readonly teacher: Ranker;
  readonly engine: Engine;
  readonly seed: number;
}

/**
 * A model after each step that makes it smaller; a student is version 0 of its own task.
 * @throws RefusedError for a task that makes nothing of taking an item, objectives by which nothing can be distilled, or
 * parameters that its encoding does not hold.
 */
export function* compressModel(options: CompressModelOptions): Generator<DistilPhase, NamedModel[]> {
  const { given, teacher, engine, seed, student, share, encoding } = options;
  refuseWorthless([given.task, ...(student ? [student.task] : [])]);
  if (student) refuseUnteachable(given.task, student.task);
  const made: NamedModel[] = [];
  let model = given;
  if (student) {
    const { task, histories } = student;
    const parameters = yield* distillation({ teacher, student: task, histories, engine, seed });
    model = committed({ task, modelVersion: 0, parameters, clip: task.privacy.clip });
    made.push({ form: "distilled", model });
  }
  if (share !== undefined) {
    model = committed({ ...model, parameters: prune(model.parameters, share) });
    made.push({ form: `${Number((100 * share).toFixed(4))} % pruned`, model });
  }
  if (encoding !== undefined) {
    const { deltas } = model.task.delivery ?? EXACT;
    model = committed({ ...model, task: { ...model.task, delivery: { encoding, deltas } } });
    made.push({ form: encoding, model });
  }
  return made;
}

/** What a model's task begins with: to see what is told by having learned nothing. */
export function untrained(model: TrainedModel): NamedModel {
  const { task } = model;
  const parameters = initialParameters(networkShape(task), task.model.seed);
  return { form: "untrained", model: committed({ ...model, parameters }) };
}

/** States are made of what is worth something: imagined histories would leave no trace. */
function refuseWorthless(tasks: readonly TaskSpec[]): void {
  const [taking] = tasks.map(takingOf);
  if (taking && tasks.every((task) => reward(task, taking) > 0)) return;
  throw new RefusedError(
    "reward.weights: taking an item is worth nothing, and imagined histories say nothing",
  );
}

/**
 * Histories are drawn by ln π, which a Q is not; and all that they hold was taken and is worth the same, of which only a term of
 * next items learns anything.
 */
function refuseUnteachable(teacher: TaskSpec, student: TaskSpec): void {
  const [drawing, learning] = [teacher.learning.objective, student.learning.objective];
  if (logitsAreAdvantages(drawing)) {
    throw new RefusedError(
      `learning.objective: ${drawing.kind} ranks by what items earn, which says not how often they are taken: it cannot be distilled`,
    );
  }
  if ("nextItemWeight" in learning && learning.nextItemWeight > 0) return;
  throw new RefusedError(
    "the student: learning.objective.nextItemWeight: a student learns by this term: actor-critic or self-supervised-actor-critic, above 0",
  );
}

/** As the task's coordinator rounds it before it commits it. */
function committed(model: TrainedModel): TrainedModel {
  const { encoding } = model.task.delivery ?? EXACT;
  const parameters = roundedTo(encoding, model.parameters, model.parameters.length);
  if (parameters) return { ...model, parameters };
  throw new RefusedError(`delivery.encoding: a parameter is too large for ${encoding}`);
}
