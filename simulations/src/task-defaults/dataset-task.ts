import type { TaskSpec } from "@tacit/shared";
import type { Dataset } from "../datasets/dataset.js";
import { RANKING_FIELDS } from "./ranking-fields.js";
import { type RunChoices, simulationTask } from "./simulation-task.js";

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
    ...RANKING_FIELDS,
  });
}
