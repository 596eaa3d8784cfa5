import type { TaskProblem } from "./task-problem.js";
import type { TaskSpec } from "./task-spec.js";

/** What one part of the network asks of another, and has not. */
export function* modelProblems({
  model,
  catalogue,
}: Pick<TaskSpec, "model" | "catalogue">): Generator<TaskProblem> {
  const { embedding, encoder, heads = 1, itemEncoder = "two-tower", layers, personal } = model;
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
  if (layers && itemEncoder !== "two-tower") {
    yield { field: "model.itemEncoder", message: "an own model has no place for it" };
  } else if (itemEncoder === "graph" && !catalogue.relations) {
    yield { field: "catalogue.relations", message: "the graph encoder has no relation to follow" };
  }
  if (layers && (encoder === "gru" || encoder === "lstm")) {
    yield { field: "model.encoder", message: `an own model reads events by itself: it has no "${encoder}"` };
  }
  const relations = catalogue.relations ?? [];
  const twice = relations.find((name, i) => relations.indexOf(name) < i);
  if (twice !== undefined) yield { field: "catalogue.relations", message: `"${twice}" is there twice` };
}
