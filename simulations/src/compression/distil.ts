import {
  createTaskModel,
  type Engine,
  finish,
  type Interaction,
  initialParameters,
  networkShape,
  seededRandom,
  type TaskSpec,
  trajectories,
} from "@tacit/shared";
import { centralTraining } from "../baselines/centralised.js";
import { tellPrior } from "../baselines/tell-prior.js";
import { imaginedHistories } from "./imagined-histories.js";
import type { Ranker } from "./ranker.js";

/** What a student learns from where nothing else is said. */
export const HISTORIES = 3000;

interface DistilOptions {
  readonly teacher: Ranker;
  /** Of the same catalogue, with a smaller network. */
  readonly student: TaskSpec;
  /** That the teacher draws; as many steps the student takes. */
  readonly histories?: number;
  readonly engine: Engine;
  readonly seed: number;
}

/** What the next step of a distillation is. */
export type DistilPhase = "imagining" | "learning";

/** {@link distillation} in one go. */
export const distil = (options: DistilOptions): Float32Array => finish(distillation(options));

/**
 * A student's parameters, from what the teacher does and not from anybody's data: histories that the teacher's own policy
 * draws, item by item from the public catalogue, are what the student learns to go on with (sequence-level distillation:
 * Kim & Rush 2016, arXiv 1606.07947, §3.2). As private as the teacher is. A history or an optimiser step at each `next()`.
 */
export function* distillation({
  teacher,
  student,
  histories: count = HISTORIES,
  engine,
  seed,
}: DistilOptions): Generator<DistilPhase, Float32Array> {
  const { catalogue } = teacher.model;
  const random = seededRandom(seed);
  const histories: Interaction[][] = [];
  for (const history of imaginedHistories(teacher, count, random)) {
    histories.push(history);
    yield "imagining";
  }
  const task = oneStepForEach(student);
  const model = createTaskModel({ task, catalogue, engine });
  const parameters = initialParameters(networkShape(task), task.model.seed);
  // Before it learns: what its prior says already, the rest of it would say again.
  tellPrior(
    model,
    histories.map((history) => trajectories(task, model.catalogue, history)),
    parameters,
  );
  const learning = centralTraining({
    task,
    catalogue: model.catalogue,
    engine,
    parameters,
    historiesOf: () => histories,
    seed,
  });
  for (;;) {
    const step = learning.next();
    if (step.done) return step.value;
    yield "learning";
  }
}

/** After a dozen passes over the histories a student knows them by heart, and little else. */
function oneStepForEach(student: TaskSpec): TaskSpec {
  const { localEpochs: _, ...learning } = student.learning;
  return { ...student, learning: { ...learning, localSteps: 1 }, rounds: 1 };
}
