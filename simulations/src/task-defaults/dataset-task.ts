import type { TaskSpec } from "@tacit/shared";
import type { Dataset } from "../datasets/dataset.js";
import { FED_SGD } from "./fed-sgd.js";
import { type RunChoices, simulationTask } from "./simulation-task.js";

export const DATASET_ROUNDS = 12;

/** The task for a data set of unknown size; its name is the data set's, as far as a task's name allows. */
export function datasetTask(
  dataset: Pick<Dataset, "name" | "features">,
  { clients, ...choices }: RunChoices & { readonly clients: number },
): TaskSpec {
  const name = dataset.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 64);
  return simulationTask({
    name: name === "" ? "dataset" : name,
    features: dataset.features,
    clients,
    choices,
    model: { embedding: 16, hidden: 8, historyLength: 10, halfLifeDays: 30 },
    learning: { ...FED_SGD.learning, candidates: 31, minimumInteractions: 1 },
    aggregation: { ...FED_SGD.aggregation, learningRate: 0.04 },
    clip: 1,
  });
}
