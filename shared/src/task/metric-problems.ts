import type { TaskProblem } from "./task-problem.js";
import type { TaskSpec } from "./task-spec.js";

/** What keeps the metrics that a task names from being measured, or from being summed. */
export function* metricProblems({ privacy, model, cohort }: TaskSpec): Generator<TaskProblem> {
  const names = new Set<string>();
  for (const [index, { name, minimum, maximum }] of (privacy.metrics ?? []).entries()) {
    const field = `privacy.metrics.${index}`;
    if (names.has(name)) yield { field: `${field}.name`, message: `"${name}" is there twice` };
    names.add(name);
    if (minimum >= maximum) yield { field: `${field}.maximum`, message: "must be greater than minimum" };
    if ((name === "novelty" || name === "popularity-lift") && !model.prior) {
      yield { field: `${field}.name`, message: `"${name}" needs to know what is popular: model.prior` };
    }
    if (name !== "exposure") continue;
    if (minimum > -1 || maximum < 1) {
      const message = `"exposure" lies between -1 and 1, and what is cut off no longer cancels: minimum at most -1, maximum at least 1`;
      yield { field: minimum > -1 ? `${field}.minimum` : `${field}.maximum`, message };
    }
    if (cohort.maximumStaleness > 0) {
      const message =
        '"exposure" has other signs in every version, and those cannot be summed: cohort.maximumStaleness must be 0';
      yield { field: `${field}.name`, message };
    }
  }
}
