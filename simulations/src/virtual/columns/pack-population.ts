import type { Catalogue } from "@tacit/shared";
import type { EnvironmentClient } from "../../environments/environment.js";
import { packClients } from "./pack-clients.js";
import { PART_CLIENTS, type Population } from "./population.js";

/** Everybody's histories in parts of columns. */
export function packPopulation(
  people: readonly Pick<EnvironmentClient, "history" | "heldOut">[],
  catalogue: Catalogue,
): Population {
  const parts = [];
  for (let first = 0; first < people.length; first += PART_CLIENTS) {
    parts.push(packClients(people.slice(first, first + PART_CLIENTS), catalogue, first));
  }
  return { clients: people.length, parts };
}
