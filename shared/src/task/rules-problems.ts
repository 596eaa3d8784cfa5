import type { FeatureSpec } from "./feature-spec.js";
import type { Rules } from "./rules-spec.js";
import type { TaskProblem } from "./task-problem.js";

/** Features that rules name and that the catalogue has not, or not of their kind. */
export function* rulesProblems(
  { caps = [], freshness }: Rules,
  features: readonly FeatureSpec[],
): Generator<TaskProblem> {
  const named = [
    ...caps.map(({ feature }, i) => ({ feature, kind: "categorical", field: `rules.caps.${i}.feature` })),
    ...(freshness ? [{ feature: freshness.feature, kind: "numeric", field: "rules.freshness.feature" }] : []),
  ];
  for (const { feature, kind, field } of named) {
    if (features.some((spec) => spec.name === feature && spec.kind === kind)) continue;
    yield { field, message: `the catalogue has no ${kind} feature "${feature}"` };
  }
}
