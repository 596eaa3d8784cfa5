import type { TaskProblem } from "./task-problem.js";
import type { TaskSpec } from "./task-spec.js";

/** What one part of the network asks of another, and has not. */
export function* modelProblems({
  model,
  catalogue,
}: Pick<TaskSpec, "model" | "catalogue">): Generator<TaskProblem> {
  const { embedding, encoder, heads = 1, layers, personal, prior } = model;
  for (const field of ["heads", "blocks"] as const) {
    if (model[field] === undefined || (encoder === "attention" && !layers)) continue;
    yield {
      field: `model.${field}`,
      message: layers
        ? "an own model has what its author gave it"
        : `only attention has ${field}: model.encoder is "${encoder}"`,
    };
  }
  if (embedding % heads !== 0) {
    yield {
      field: "model.heads",
      message: `${heads} heads cannot share ${embedding} columns (model.embedding) evenly`,
    };
  }
  if (personal && layers) {
    yield { field: "model.personal", message: "an own model has no place for personal parameters" };
  }
  const { size = 0, vector } = personal ?? {};
  if (size >= embedding || (size && !vector)) {
    yield {
      field: "model.personal.size",
      message: vector
        ? `${size} numbers are no fewer than those of model.embedding: at most ${embedding - 1}`
        : "there is no vector to have a size",
    };
  }
  if (prior && layers) {
    yield { field: "model.prior", message: "an own model has no place for an item prior" };
  }
  if (model.itemEncoder === "graph" && !catalogue.relations) {
    yield { field: "catalogue.relations", message: "the graph encoder has no relation to follow" };
  }
}
