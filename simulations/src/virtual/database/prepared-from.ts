import { createCatalogue } from "@tacit/shared";
import { filmItem, readFilms } from "../../environments/films.js";
import type { PreparedRun } from "../run/prepare-run.js";
import type { RunSpec } from "../run/run-spec.js";
import { decodeDataset } from "./dataset-bytes.js";
import type { PostedRun } from "./run-tables.js";

/** A posted run, ready for a crew: from its spec alone, or with the data that came along. */
export function preparedFrom({ spec: text, data }: Pick<PostedRun, "spec" | "data">): PreparedRun {
  const spec: RunSpec = JSON.parse(text);
  if (data) {
    const { catalogue, population } = decodeDataset(data);
    return { spec, catalogue, population: { kind: "packed", population } };
  }
  const { population, seed, task } = spec;
  if (population.kind !== "movies")
    throw new Error(`a run of the data set ${population.path} came without data`);
  const { clients, interactions } = population;
  return {
    spec,
    catalogue: createCatalogue(task.catalogue.features, readFilms().map(filmItem)),
    population: { kind: "films", clients, people: { seed, interactions } },
  };
}
