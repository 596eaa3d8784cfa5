import type { TaskSpec } from "@tacit/shared";
import type { Dataset } from "../datasets/dataset.js";
import { type RunChoices, simulationTask } from "./simulation-task.js";

export const DATASET_ROUNDS = 6;

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
    learning: { localSteps: 6, batchSize: 16, learningRate: 0.02, candidates: 31, minimumInteractions: 1 },
    aggregation: { learningRate: 1.5 },
    clip: 1,
  });
}
