import type { TaskProblem } from "./task-problem.js";
import type { TaskSpec } from "./task-spec.js";

/** What one part of the network asks of another, and has not. */
export function* modelProblems({
  model,
  catalogue,
}: Pick<TaskSpec, "model" | "catalogue">): Generator<TaskProblem> {
  const { embedding, encoder, heads = 1, layers, personal } = model;
  for (const field of ["heads", "blocks", "personal", "prior"] as const) {
    if (model[field] === undefined) continue;
    if (layers) yield { field: `model.${field}`, message: "an own model has no place for it" };
    else if ((field === "heads" || field === "blocks") && encoder !== "attention") {
      yield {
        field: `model.${field}`,
        message: `only attention has ${field}: model.encoder is "${encoder}"`,
      };
    }
  }
  if (embedding % heads !== 0) {
    yield {
      field: "model.heads",
      message: `${heads} heads cannot share ${embedding} columns (model.embedding) evenly`,
    };
  }
  const { size = 0, vector } = personal ?? {};
  if (size >= embedding || (size && !vector)) {
    yield {
      field: "model.personal.size",
      message: vector ? `must be less than model.embedding: at most ${embedding - 1}` : "there is no vector",
    };
  }
  if (model.itemEncoder === "graph" && !catalogue.relations) {
    yield { field: "catalogue.relations", message: "the graph encoder has no relation to follow" };
  }
}
