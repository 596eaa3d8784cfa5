import type { Catalogue, Interaction } from "@tacit/shared";
import type { EnvironmentClient } from "../../environments/environment.js";
import { ColumnsWriter } from "./columns-writer.js";
import type { HistoryColumns } from "./history-columns.js";

/**
 * Histories as columns, the held-out interaction last.
 * @throws Error for an item that is not in the catalogue.
 */
export function packClients(
  clients: Iterable<Pick<EnvironmentClient, "history" | "heldOut">>,
  catalogue: Catalogue,
  first = 0,
): HistoryColumns {
  const writer = new ColumnsWriter();
  for (const { history, heldOut } of clients) {
    const slates = new Map<string, number>();
    for (const interaction of history) append(writer, catalogue, slates, interaction);
    append(writer, catalogue, slates, heldOut);
    writer.endClient();
  }
  return writer.finish(first);
}

function append(
  writer: ColumnsWriter,
  catalogue: Catalogue,
  slates: Map<string, number>,
  { itemId, recommendationId, ...rest }: Interaction,
): void {
  const row = catalogue.index(itemId);
  if (row === undefined) throw new Error(`item ${itemId} is not in the catalogue`);
  const slate = recommendationId === undefined ? undefined : (slates.get(recommendationId) ?? slates.size);
  if (recommendationId !== undefined && slate !== undefined) slates.set(recommendationId, slate);
  writer.append({ row, slate, ...rest });
}
