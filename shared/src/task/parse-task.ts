import * as v from "valibot";
import { looksAtEmbeddings } from "./exploration-spec.js";
import { featureProblems } from "./feature-problems.js";
import { metricProblems } from "./metric-problems.js";
import { modelProblems } from "./model-problems.js";
import { hasCritic } from "./objective-spec.js";
import { robustnessProblems } from "./robustness-problems.js";
import { rulesProblems } from "./rules-problems.js";
import { schemaProblem } from "./schema-problem.js";
import type { TaskProblem } from "./task-problem.js";
import { type TaskSpec, taskSpecSchema } from "./task-spec.js";
import { groupOf } from "./visible-sums.js";

export type ParsedTask =
  | { readonly ok: true; readonly task: TaskSpec }
  | { readonly ok: false; readonly problems: readonly TaskProblem[] };

/** Validates a spec, fills in its defaults, and refuses combinations that cannot be private or cannot run. */
export function parseTask(input: unknown): ParsedTask {
  const parsed = v.safeParse(taskSpecSchema, input);
  if (!parsed.success) {
    return { ok: false, problems: parsed.issues.map((issue) => schemaProblem(issue, "task")) };
  }
  const problems = [...crossFieldProblems(parsed.output)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, task: parsed.output };
}

function* crossFieldProblems(task: TaskSpec): Generator<TaskProblem> {
  const { cohort, privacy, catalogue, context } = task;
  yield* robustnessProblems(task);
  yield* correlationProblems(privacy, cohort);
  yield* updateProblems(task);
  yield* metricProblems(task);
  if (cohort.minimum > cohort.size) {
    yield {
      field: "cohort.minimum",
      message: `${cohort.minimum} contributors cannot come from a cohort of ${cohort.size} (cohort.size)`,
    };
  }
  if (cohort.minimum < 2) {
    yield { field: "cohort.minimum", message: "the sum of 1 client is that client: at least 2" };
  }
  const { minimum } = groupOf(cohort);
  const honest = minimum - Math.floor(cohort.corruptFraction * minimum);
  if (honest < 2) {
    yield {
      field: "cohort.corruptFraction",
      message: `leaves ${honest} honest contributors of ${minimum} to make the noise: at least 2`,
    };
  }
  if (privacy.bits < 32 && 2 ** privacy.bits <= 14 * Math.sqrt(cohort.size)) {
    yield {
      field: "privacy.bits",
      message: `the sum of ${cohort.size} clients overflows a modulus of 2^${privacy.bits}`,
    };
  }
  if (privacy.adaptiveClip && cohort.maximumStaleness > 0) {
    yield {
      field: "privacy.adaptiveClip",
      message:
        "updates of different versions have different clips and cannot be summed: cohort.maximumStaleness must be 0",
    };
  }
  yield* featureProblems(catalogue.features, "catalogue.features");
  yield* modelProblems(task);
  if (task.model.layers && hasCritic(task.learning.objective)) {
    yield { field: "learning.objective.kind", message: "an own model has no output for Q" };
  }
  if (looksAtEmbeddings(task.exploration) && task.model.layers) {
    yield { field: "exploration.kind", message: "an own model has no embeddings to be unsure of" };
  }
  if (task.rules) yield* rulesProblems(task.rules, catalogue.features);
  yield* featureProblems(context?.features ?? [], "context.features");
}

function* correlationProblems(
  { mode, correlation, adaptiveClip }: TaskSpec["privacy"],
  { maximumStaleness }: TaskSpec["cohort"],
): Generator<TaskProblem> {
  if (!correlation) return;
  const { bands, minimumSeparation } = correlation;
  if (mode !== "trusted") {
    yield {
      field: "privacy.correlation",
      message: `nobody in mode ${mode} knows the noise of earlier rounds: only a trusted coordinator does`,
    };
  }
  if (bands > minimumSeparation + 1) {
    yield {
      field: "privacy.correlation.bands",
      message: `a client that is back after ${minimumSeparation} rounds would meet its own noise: at most ${minimumSeparation + 1}`,
    };
  }
  if (maximumStaleness > 0 || adaptiveClip) {
    yield {
      field: "privacy.correlation",
      message:
        "noise can only be taken back in the units it was added in: cohort.maximumStaleness must be 0, and no privacy.adaptiveClip",
    };
  }
}

function* updateProblems({ learning, privacy, cohort }: TaskSpec): Generator<TaskProblem> {
  const { update } = learning;
  if (!update || update.kind === "full" || !update.redraw) return;
  const field = "learning.update.redraw";
  if (cohort.maximumStaleness > 0) {
    yield {
      field,
      message:
        "updates of different versions have different subspaces and cannot be summed: cohort.maximumStaleness must be 0",
    };
  }
  if (privacy.correlation) {
    yield {
      field,
      message: "noise can only be taken back in the subspace it was added in: no privacy.correlation",
    };
  }
}
