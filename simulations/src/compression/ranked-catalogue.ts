import { stat } from "node:fs/promises";
import type { Catalogue, Item, Relation, TaskSpec } from "@tacit/shared";
import { asTheTaskReads } from "../datasets/as-the-task-reads.js";
import { itemIds } from "../datasets/item-ids.js";
import { type DatasetFormat, readDataset } from "../datasets/read-dataset.js";
import { taskCatalogue } from "../datasets/task-catalogue.js";
import { filmItem, readFilms } from "../environments/films.js";
import { liveEnvironment } from "../environments/live-environments.js";
import { readItems } from "../off-policy/log/read-items.js";
import { RefusedError } from "../refused-error.js";
import { missingFeature } from "../swarm/missing-feature.js";

/**
 * What a model ranks: `movies`, the items of a live environment by its name, those of a data set's folder, or a CSV of item_id and one column a feature.
 * @throws RefusedError where it cannot be read, or the items have not what the task knows them by: a feature, or a relation that its graph encoder follows.
 */
export async function rankedCatalogue(
  task: TaskSpec,
  source: string,
  format: DatasetFormat,
): Promise<Catalogue> {
  const { items: found, relations } = await itemsOf(source, format);
  const items = found.map((item) => asTheTaskReads(task, item));
  const missing = missingFeature(task.catalogue.features, items);
  if (missing !== undefined) throw new RefusedError(`--items: ${source}: ${missing}`);
  return taskCatalogue(task, items, relations);
}

interface RankedItems {
  readonly items: readonly Item[];
  readonly relations?: readonly Relation[];
}

async function itemsOf(source: string, format: DatasetFormat): Promise<RankedItems> {
  if (source === "movies") return { items: readFilms().map(filmItem) };
  const live = liveEnvironment(source);
  if (live) return live;
  const named = await stat(source).catch(() => undefined);
  if (!named?.isDirectory()) {
    const read = await readItems(source);
    if (!read.ok) throw new RefusedError(`--items: ${read.message}`);
    return read;
  }
  const read = await readDataset(source, format);
  if (!read.ok) throw new RefusedError(`--items: ${read.message}`);
  // Tasks that were made with --item-ids know items by them, too.
  return itemIds(read.dataset);
}
