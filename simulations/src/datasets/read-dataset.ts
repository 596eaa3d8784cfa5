import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Interaction, Item, Relation } from "@tacit/shared";
import { atomicFiles } from "./atomic-files.js";
import { BadRows } from "./bad-rows.js";
import type { Dataset, ReadDataset, UserFeatures } from "./dataset.js";
import { filmFeatures } from "./film.js";
import { Histories } from "./histories.js";
import { inferredCatalogue } from "./infer-features.js";
import type { Layout, LayoutFiles } from "./layout.js";
import { movielens100k } from "./movielens-100k.js";
import { movielensCsv } from "./movielens-csv.js";
import { movielensDat } from "./movielens-dat.js";
import { plainCsv } from "./plain-csv.js";

export const DATASET_FORMATS = ["movielens", "csv"] as const;
export type DatasetFormat = (typeof DATASET_FORMATS)[number];

const LAYOUTS: Record<DatasetFormat, readonly Layout[]> = {
  movielens: [movielens100k, movielensDat, movielensCsv, atomicFiles],
  csv: [plainCsv],
};

/** Reads a data set from its folder, or from its interactions file and what lies beside it. */
export async function readDataset(path: string, format: DatasetFormat): Promise<ReadDataset> {
  const kind = await stat(path).catch(() => undefined);
  if (kind === undefined)
    return { ok: false, reason: "not-found", message: `${path}: no such file or folder` };
  const folder = kind.isDirectory() ? path : dirname(path);
  const names = (await readdir(folder)).sort();
  const found = kind.isDirectory() ? inFolder(format, names) : forFile(format, basename(path), names);
  if (found === undefined) {
    const known = LAYOUTS[format].map(({ name }) => name).join(" · ");
    return {
      ok: false,
      reason: "unknown-layout",
      message: `${path}: no ${format} data set here; known: ${known}`,
    };
  }
  const dataset = await read(basename(resolve(folder)), folder, found.layout, found.files, format);
  if (dataset.histories.size > 0) return { ok: true, dataset };
  const { badRows, badRowList } = dataset.report;
  const first = badRowList[0];
  const why = first
    ? `${badRows} bad rows, the first in ${first.file} line ${first.line}: ${first.problem}`
    : "it is empty";
  const file = join(folder, found.files.interactions);
  return { ok: false, reason: "no-usable-rows", message: `${file}: no usable rows (${why})` };
}

interface Found {
  readonly layout: Layout;
  readonly files: LayoutFiles;
}

function inFolder(format: DatasetFormat, names: readonly string[]): Found | undefined {
  for (const layout of LAYOUTS[format]) {
    const files = layout.find(names);
    if (files) return { layout, files };
  }
  return undefined;
}

/** The file named is the interactions file, whatever else the folder holds. */
function forFile(format: DatasetFormat, file: string, names: readonly string[]): Found | undefined {
  const beside = names.filter(
    (name) => name === file || /(\.item|\.user|\.kg|\.link|^(u|items|users|movies)\.\w+)$/.test(name),
  );
  for (const layout of LAYOUTS[format]) {
    const files = layout.find(beside);
    if (files?.interactions === file) return { layout, files };
  }
  return undefined;
}

async function read(
  name: string,
  folder: string,
  layout: Layout,
  files: LayoutFiles,
  format: DatasetFormat,
): Promise<Dataset> {
  const bad = new BadRows();
  const histories = new Histories();
  for await (const row of layout.interactions(join(folder, files.interactions), bad)) histories.add(row);
  const described = new Map<string, Item>();
  if (files.items) {
    for await (const item of layout.items(join(folder, files.items), bad)) described.set(item.id, item);
  }
  const users = new Map<string, UserFeatures>();
  if (files.users) {
    for await (const user of layout.users(join(folder, files.users), bad)) users.set(user.id, user.features);
  }
  const relations: Relation[] = [];
  if (files.triples && files.links && layout.relations) {
    const [triples, links] = [join(folder, files.triples), join(folder, files.links)];
    for await (const relation of layout.relations(triples, links, bad)) relations.push(relation);
  }
  const bare = [...histories.itemIds].filter((id) => !described.has(id)).map((id) => ({ id, features: {} }));
  const known = [...described.values()];
  const items: Item[] = [...known, ...bare];
  return {
    name,
    ...(format === "csv" ? inferredCatalogue(known, items) : { features: filmFeatures(known), items }),
    relations,
    histories: histories.sorted() satisfies ReadonlyMap<string, readonly Interaction[]>,
    users,
    report: {
      files: Object.values(files),
      rows: bad.rows,
      duplicates: histories.duplicates,
      badRows: bad.count,
      badRowList: bad.list,
      itemsWithoutFeatures: bare.length,
    },
  };
}
