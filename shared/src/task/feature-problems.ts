import type { FeatureSpec } from "./feature-spec.js";
import type { TaskProblem } from "./task-problem.js";

/** What is wrong with a list of features beyond the form of each; `field` is where the list is. */
export function* featureProblems(features: readonly FeatureSpec[], field: string): Generator<TaskProblem> {
  const names = new Set<string>();
  for (const [index, feature] of features.entries()) {
    if (names.has(feature.name)) {
      yield { field: `${field}.${index}.name`, message: `"${feature.name}" is there twice` };
    }
    names.add(feature.name);
    if (feature.kind === "id" && field !== "catalogue.features") {
      yield { field: `${field}.${index}.kind`, message: "only items have an id" };
    }
    if (feature.kind === "numeric" && feature.minimum >= feature.maximum) {
      yield { field: `${field}.${index}.maximum`, message: "must be greater than minimum" };
    }
    if (feature.kind === "categorical" && feature.values.length + feature.buckets === 0) {
      yield { field: `${field}.${index}.values`, message: "no values and no buckets: no columns" };
    }
  }
}
