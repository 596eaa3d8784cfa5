import { createCatalogue } from "@tacit/shared";
import { filmItem, readFilms } from "../../environments/films.js";
import type { PreparedRun } from "../run/prepare-run.js";
import type { RunSpec } from "../run/run-spec.js";
import { decodeDataset } from "./dataset-bytes.js";

export function readSpec(text: string): RunSpec {
  return JSON.parse(text);
}

/** A posted run, ready for a crew: from its spec alone, or with the data that came along. */
export function preparedFrom(spec: RunSpec, data: Buffer | undefined): PreparedRun {
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
