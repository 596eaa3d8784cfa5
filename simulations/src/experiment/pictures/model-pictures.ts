import type { Interaction } from "@tacit/shared";
import { filmWorld } from "../../environments/film-log.js";
import { columnsOfFilms } from "../../virtual/columns/columns-of-films.js";
import { partOf } from "../../virtual/columns/population.js";
import { unpackHistory } from "../../virtual/columns/unpack-client.js";
import type { PreparedRun } from "../../virtual/run/prepare-run.js";
import type { FinishedTrial } from "../run-experiment.js";
import { attentionMaps } from "./attention-maps.js";
import { itemMap } from "./item-map.js";
import { modelLook } from "./model-look.js";

/** Of one trained model, where there is one. */
export interface ModelPictures {
  /** Whose model it is. */
  readonly of?: string;
  readonly items?: string | undefined;
  readonly attention?: string | undefined;
}

/** Of the first model that a federation has trained. The attention is that of the first client. */
export function modelPictures(trials: readonly FinishedTrial[]): ModelPictures {
  const trained = trials.find(({ arm, parameters }) => arm.startsWith("federated") && parameters);
  if (!trained?.parameters) return {};
  const { prepared, parameters, arm, seed } = trained;
  const { task } = prepared.spec;
  const look = modelLook(task, prepared.catalogue, parameters);
  const vectors = look.itemVectors();
  const attention = look.attention(firstHistory(prepared));
  return {
    of: `${arm}, seed ${seed}`,
    items: vectors && itemMap(task, prepared.catalogue, vectors),
    attention: attention && attentionMaps(attention),
  };
}

function firstHistory({ population, catalogue }: PreparedRun): Interaction[] {
  const columns =
    population.kind === "films"
      ? columnsOfFilms(filmWorld(), population.people, 0, 1)
      : partOf(population.population, 0);
  return unpackHistory(columns, catalogue.ids, 0);
}
