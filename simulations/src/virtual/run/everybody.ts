import type { Interaction } from "@tacit/shared";
import { partOf } from "../columns/population.js";
import { unpackHistory } from "../columns/unpack-client.js";
import type { SampledFrom } from "./sample.js";

type Crowd = Pick<SampledFrom, "model" | "population" | "distinct">;

/** The history of one client. */
export const historyOf = ({ population, model }: Crowd, client: number): Interaction[] =>
  unpackHistory(partOf(population, client), model.catalogue.ids, client);

/** All clients that differ, one at a time: what is counted in the open is counted over them. */
export function* everybody(crowd: Crowd): Generator<{ readonly history: readonly Interaction[] }> {
  for (let client = 0; client < crowd.distinct; client++) yield { history: historyOf(crowd, client) };
}

/** Items that anybody has in a history. */
export function triedItems({ model, population, distinct }: Crowd): ReadonlySet<string> {
  const { ids } = model.catalogue;
  const tried = new Set<string>();
  for (const { first, clients, offsets, items } of population.parts) {
    for (let client = 0; client < clients && first + client < distinct; client++) {
      // The last one is held out.
      const last = (offsets[client + 1] ?? 0) - 1;
      for (let at = offsets[client] ?? 0; at < last; at++) tried.add(ids[items[at] ?? -1] ?? "");
    }
    if (tried.size === ids.length) break;
  }
  return tried;
}
