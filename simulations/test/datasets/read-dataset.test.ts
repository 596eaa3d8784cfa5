import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Dataset } from "../../src/datasets/dataset.js";
import { type DatasetFormat, readDataset } from "../../src/datasets/read-dataset.js";

let root: string;
let folders = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "tacit-dataset-"));
});
afterAll(() => rm(root, { recursive: true }));

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, `set-${folders++}`);
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, "latin1");
  return folder;
}

async function read(files: Readonly<Record<string, string>>, format: DatasetFormat): Promise<Dataset> {
  const result = await readDataset(await folderOf(files), format);
  if (!result.ok) throw new Error(result.message);
  return result.dataset;
}

/** Two users' ratings as every MovieLens layout has to give them. */
const EXPECTED = {
  ann: [
    { kind: "rating", itemId: "1", value: 5, at: 1000_000 },
    { kind: "rating", itemId: "2", value: 3, at: 2000_000 },
  ],
  bob: [{ kind: "rating", itemId: "2", value: 1, at: 3000_000 }],
};
const RATINGS = [
  ["ann", "2", "3", "2000"],
  ["ann", "1", "5", "1000"],
  ["bob", "2", "1", "3000"],
];
const flags = (...set: number[]) =>
  Array.from({ length: 19 }, (_, i) => (set.includes(i) ? "1" : "0")).join("|");

const LAYOUTS: readonly [string, Readonly<Record<string, string>>][] = [
  [
    "u.data and u.item",
    {
      "u.data": RATINGS.map((row) => row.join("\t")).join("\n"),
      "u.item": `1|Alien (1979)|01-Jan-1979||url|${flags(11, 15)}\n2|Amélie (2001)|01-Jan-2001||url|${flags(5)}\n`,
    },
  ],
  [
    "ratings.dat and movies.dat",
    {
      "ratings.dat": RATINGS.map((row) => row.join("::")).join("\n"),
      "movies.dat": "1::Alien (1979)::Horror|Sci-Fi\n2::Amélie (2001)::Comedy\n",
    },
  ],
  [
    "ratings.csv and movies.csv",
    {
      "ratings.csv": `userId,movieId,rating,timestamp\n${RATINGS.map((row) => row.join(",")).join("\n")}\n`,
      "movies.csv": 'movieId,title,genres\n1,"Alien (1979)",Horror|Sci-Fi\n2,Amelie (2001),Comedy\n',
    },
  ],
  [
    ".inter and .item",
    {
      "films.inter": `user_id:token\titem_id:token\trating:float\ttimestamp:float\n${RATINGS.map((row) => row.join("\t")).join("\n")}\n`,
      "films.item":
        "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n1\tAlien\t1979\tHorror Sci-Fi\n2\tAmelie\t2001\tComedy\n",
    },
  ],
];

describe("MovieLens", () => {
  it.each(LAYOUTS)("as %s becomes one private history for every user, oldest first", async (_, files) => {
    const { histories, items, features } = await read(files, "movielens");
    expect(Object.fromEntries(histories)).toEqual(EXPECTED);
    expect(items.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(items[0]?.features).toMatchObject({ genre: ["Horror", "Sci-Fi"], year: 1979 });
    expect(features.map(({ name }) => name)).toContain("genre");
  });

  it("as .inter, .item, .kg and .link has what a knowledge graph says of films, and of what is no film", async () => {
    const [, files] = LAYOUTS.at(-1) ?? [];
    const { relations, report } = await read(
      {
        ...files,
        "films.link": "item_id:token\tentity_id:token\n1\tm.alien\n2\tm.amelie\n",
        "films.kg":
          "head_id:token\trelation_id:token\ttail_id:token\nm.alien\tdirected_by\t2\nm.alien\tunlike\tm.amelie\nm.alien\tlike\n",
      },
      "movielens",
    );
    expect(relations).toEqual([
      { head: "1", relation: "directed_by", tail: "entity 2" },
      { head: "1", relation: "unlike", tail: "2" },
    ]);
    expect(report.badRowList).toEqual([{ file: "films.kg", line: 4, problem: "no head, relation or tail" }]);
  });

  it("counts duplicates and keeps the later rating of the same film", async () => {
    const data = "ann\t1\t5\t10\nann\t1\t2\t20\nann\t1\t2\t20\n";
    const { histories, report } = await read({ "u.data": data }, "movielens");
    expect(report.duplicates).toBe(2);
    expect(histories.get("ann")).toEqual([{ kind: "rating", itemId: "1", value: 2, at: 20_000 }]);
  });

  it("counts bad rows, says where they are and why, and uses the others", async () => {
    const data = "ann\t1\t5\t10\nann\t2\t9\t10\nann\t3\nann\t4\t4\tnoon\n";
    const { histories, report } = await read({ "u.data": data }, "movielens");
    expect(histories.get("ann")).toHaveLength(1);
    expect(report.badRows).toBe(3);
    expect(report.badRowList.map(({ file, line }) => `${file}:${line}`)).toEqual([
      "u.data:2",
      "u.data:3",
      "u.data:4",
    ]);
    expect(report.badRowList[0]?.problem).toBe('rating "9" is not in (0, 5]');
  });

  it("keeps items that no file describes, and counts them", async () => {
    const { items, report } = await read({ "u.data": "ann\t1\t5\t10\n" }, "movielens");
    expect(items).toEqual([{ id: "1", features: {} }]);
    expect(report.itemsWithoutFeatures).toBe(1);
  });
});

describe("plain CSV", () => {
  const HEADER = "user_id,item_id,event,value,timestamp\n";

  it("reads events of any kind, with times in seconds, milliseconds or ISO", async () => {
    const events = `${HEADER}ann,a,click,,1000\nann,b,dwell,12.5,2000000000000\nann,c,purchase,,2001-09-09T01:46:40Z\n`;
    const { histories } = await read({ "events.csv": events }, "csv");
    expect(histories.get("ann")).toEqual([
      { kind: "click", itemId: "a", at: 1_000_000 },
      { kind: "purchase", itemId: "c", at: 1_000_000_000_000 },
      { kind: "dwell", itemId: "b", value: 12.5, at: 2_000_000_000_000 },
    ]);
  });

  it("takes columns in any order, quoted fields, and items described beside it", async () => {
    const events = 'timestamp,event,item_id,user_id,value\n10,click,"a, with comma",ann,\n';
    const described = 'item_id,price,colour\n"a, with comma",3,red\n';
    const { histories, features } = await read({ "events.csv": events, "items.csv": described }, "csv");
    expect(histories.get("ann")?.[0]?.itemId).toBe("a, with comma");
    expect(features.map(({ name }) => name)).toContain("colour");
  });

  it.each([
    ["nothing beside it", {}],
    ["a table of no columns", { "items.csv": "item_id\na\nb\n" }],
    ["a price that is the same for all", { "items.csv": "item_id,price\na,3\nb,3\n" }],
    ["columns that are empty", { "items.csv": "item_id,colour,id\na,,\nb,,\n" }],
  ])("tells items apart by their ids where nothing else does: %s", async (_, described) => {
    const events = `${HEADER}ann,a,click,,1\nann,b,click,,2\nann,c,click,,3\n`;
    const { features, items } = await read({ "events.csv": events, ...described }, "csv");
    expect(features).toMatchObject([{ name: "id", kind: "categorical" }]);
    expect(items.map(({ id, features: own }) => [id, own.id])).toEqual([
      ["a", "a"],
      ["b", "b"],
      ["c", "c"],
    ]);
  });

  it("leaves items without ids of their own where a column tells them apart", async () => {
    const files = { "events.csv": `${HEADER}ann,a,click,,1\n`, "items.csv": "item_id,price\na,3\nb,4\n" };
    const { features, items } = await read(files, "csv");
    expect(features.map(({ name }) => name)).toEqual(["price"]);
    expect(items.map((item) => item.features)).toEqual([{ price: 3 }, { price: 4 }]);
  });

  it.each([
    [",a,click,,1", /no user_id/],
    ["ann,,click,,1", /no item_id/],
    ["ann,a,wink,,1", /event "wink" is not one of/],
    ["ann,a,click,,yesterday", /timestamp "yesterday" is not a time/],
    ["ann,a,rating,many,1", /value "many" is not a number/],
    ["ann,a,rating,,1", /a rating without a value/],
  ])("counts %j as bad and says why", async (row, problem) => {
    const { report } = await read({ "events.csv": `${HEADER}bob,a,click,,1\n${row}\n` }, "csv");
    expect(report).toMatchObject({ badRows: 1, badRowList: [{ file: "events.csv", line: 3 }] });
    expect(report.badRowList[0]?.problem).toMatch(problem);
  });
});

describe("a data set that cannot be used", () => {
  it("is a clear refusal: not there, not known, or empty", async () => {
    expect(await readDataset(join(root, "nowhere"), "csv")).toMatchObject({ ok: false, reason: "not-found" });
    const odd = await folderOf({ "notes.txt": "hello" });
    expect(await readDataset(odd, "movielens")).toMatchObject({ ok: false, reason: "unknown-layout" });
    const bad = await folderOf({ "u.data": "ann\t1\t9\t10\n" });
    const refused = await readDataset(bad, "movielens");
    expect(refused).toMatchObject({ ok: false, reason: "no-usable-rows" });
    if (!refused.ok)
      expect(refused.message).toMatch(/u\.data: no usable rows \(1 bad rows, the first in u\.data line 1/);
  });
});
