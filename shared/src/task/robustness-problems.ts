import { isLinear } from "./combine-rule.js";
import type { TaskProblem } from "./task-problem.js";
import type { TaskSpec } from "./task-spec.js";
import { groupOf } from "./visible-sums.js";

const SMALLEST_GROUP = 3;
const FEWEST_VECTORS = 3;

/** Ways of splitting and combining a cohort that cannot run, or could not keep what they promise. */
export function* robustnessProblems({ privacy, cohort, aggregation }: TaskSpec): Generator<TaskProblem> {
  const { mode, correlation } = privacy;
  const { combine, byzantineFraction } = aggregation;
  if (cohort.groups > 1 && mode !== "distributed") {
    const message = `in mode ${mode} the coordinator has every update by itself: groups are for masked ones (privacy.mode)`;
    yield { field: "cohort.groups", message };
  }
  const { minimum } = groupOf(cohort);
  if (cohort.groups > 1 && minimum < SMALLEST_GROUP) {
    const message = `leaves ${minimum} of ${cohort.minimum} contributors (cohort.minimum) to a group: at least ${SMALLEST_GROUP}`;
    yield { field: "cohort.groups", message };
  }
  if (isLinear(combine)) {
    if (combine !== "mean" && mode === "distributed" && cohort.groups === 1) yield needsGroups(combine);
    return;
  }
  if (mode === "distributed" && cohort.groups === 1) {
    yield needsGroups(combine);
    return;
  }
  const vectors = mode === "distributed" ? cohort.groups : cohort.minimum;
  const corrupt = Math.floor(byzantineFraction * vectors + 1e-9);
  const [field, name] =
    mode === "distributed"
      ? (["cohort.groups", "groups"] as const)
      : (["cohort.minimum", "updates"] as const);
  if (vectors < FEWEST_VECTORS) {
    yield { field, message: `${combine} of ${vectors} ${name} is no vote: at least ${FEWEST_VECTORS}` };
  }
  if (combine === "trimmed-mean" && corrupt === 0) {
    const message = `${byzantineFraction} of ${vectors} ${name} is none: nothing would be trimmed`;
    yield { field: "aggregation.byzantineFraction", message };
  }
  if ((combine === "krum" || combine === "multi-krum") && vectors < 2 * corrupt + 3) {
    const message = `${combine} against ${corrupt} corrupt ${name} takes ${2 * corrupt + 3}, there may be ${vectors} (${field})`;
    yield { field: "aggregation.byzantineFraction", message };
  }
  if (correlation) {
    const message = `${combine} takes noise on each update, which no later round can take back: mean or norm-filter (aggregation.combine)`;
    yield { field: "privacy.correlation", message };
  }
}

const needsGroups = (combine: string): TaskProblem => ({
  field: "aggregation.combine",
  message: `${combine} has one masked sum to look at: split the cohort (cohort.groups) or choose another privacy.mode`,
});
