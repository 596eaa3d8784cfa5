import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogFormatName } from "../../src/off-policy/log/log-format.js";
import { readItems } from "../../src/off-policy/log/read-items.js";
import { readLog } from "../../src/off-policy/log/read-log.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-log-"));
});
afterAll(() => rm(folder, { recursive: true }));

const items = [
  { id: "a", features: {} },
  { id: "b", features: {} },
];

async function read(format: LogFormatName, lines: readonly string[], places?: number) {
  const path = join(folder, "log");
  await writeFile(path, lines.join("\n"));
  return readLog(path, format, items, places);
}
const messageOf = (answer: Awaited<ReturnType<typeof read>>) =>
  answer.ok ? "nothing was refused" : answer.message;

const OPEN_BANDIT = ",timestamp,item_id,position,click,propensity_score,user_feature_0,user-item_affinity_0";

describe("a log", () => {
  it("of the Open Bandit Dataset counts places from 1, and has its user features as contexts", async () => {
    const answer = await read("open-bandit", [OPEN_BANDIT, "0,t,b,3,1,0.25,u,0.5", "1,t,a,1,0,0.5,v,0.5"]);
    if (!answer.ok) throw new Error(answer.message);
    const { log } = answer;
    expect(log).toMatchObject({ places: 3, items });
    expect([...log.actions]).toEqual([1, 0]);
    expect([...log.positions]).toEqual([2, 0]);
    expect([...log.rewards]).toEqual([1, 0]);
    expect([...log.propensities]).toEqual([0.25, 0.5]);
    expect([...log.contexts]).toEqual([["user_feature_0", ["u", "v"]]]);
  });

  it("of Tacit counts places from 0, as CSV or JSON lines", async () => {
    const csv = await read("csv", ["item,position,reward,propensity,age", "a,0,0.5,1,30", "b,1,0,0.5,"]);
    const jsonl = await read("jsonl", [
      '{"item":"a","position":0,"reward":0.5,"propensity":1,"age":30}',
      "",
      '{"item":"b","position":1,"reward":0,"propensity":0.5,"age":null}',
    ]);
    expect(csv).toEqual(jsonl);
    expect(csv).toMatchObject({ ok: true, log: { places: 2, contexts: new Map([["age", ["30", ""]]]) } });
  });

  it("says when, where it does, and lists as a CSV does", async () => {
    const csv = await read("csv", [
      "item,position,reward,propensity,timestamp,tags",
      "a,0,0,1,1970-01-02 00:00:00.5+00:00,x|y",
      "b,0,0,1,86400,",
      "b,0,0,1,soon,",
    ]);
    const line = { item: "b", position: 0, reward: 0, propensity: 1, tags: [] };
    const jsonl = await read("jsonl", [
      JSON.stringify({ ...line, item: "a", timestamp: "1970-01-02T00:00:00.500Z", tags: ["x", "y"] }),
      JSON.stringify({ ...line, timestamp: 86_400 }),
      JSON.stringify(line),
    ]);
    expect(csv).toEqual(jsonl);
    if (!csv.ok) throw new Error(csv.message);
    expect([...csv.log.times]).toEqual([86_400_500, 86_400_000, Number.NaN]);
    expect([...csv.log.contexts]).toEqual([["tags", ["x|y", "", ""]]]);
  });

  it("can be cut to its first places", async () => {
    const lines = ["item,position,reward,propensity,age", "a,1,0,1,40", "b,0,0,0.5,50"];
    const answer = await read("csv", lines, 1);
    expect(answer).toMatchObject({ ok: true, log: { places: 1, contexts: new Map([["age", ["50"]]]) } });
  });
});

describe("bad rows are refused by line and field", () => {
  it.each([
    ["a propensity of 0", "2,t,a,1,0,0,u,0", 'propensity_score: "0" is not in (0, 1]'],
    ["a propensity above 1", "2,t,a,1,0,1.5,u,0", 'propensity_score: "1.5" is not in (0, 1]'],
    ["a propensity that is no number", "2,t,a,1,0,NaN,u,0", 'propensity_score: "NaN" is not in (0, 1]'],
    ["an unknown item", "2,t,z,1,0,0.5,u,0", 'item_id: "z" is not among the items'],
    ["a place before the first", "2,t,a,0,0,0.5,u,0", 'position: "0" is not a whole number from 1'],
    ["a missing reward", "2,t,a,1,,0.5,u,0", 'click: "" is not a number'],
  ])("%s", async (_, row, problem) => {
    const answer = await read("open-bandit", [OPEN_BANDIT, "0,t,b,3,1,0.25,u,0.5", row]);
    expect(messageOf(answer)).toBe(`log line 3: ${problem}`);
  });

  it("and so are lines that are no JSON objects; ten are listed, the rest counted", async () => {
    const answer = await read("jsonl", ["[1]", ...Array.from({ length: 11 }, () => "{")]);
    const lines = messageOf(answer).split("\n");
    expect(lines[0]).toBe("log line 1: not a JSON object");
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe("and 2 more");
  });
});

describe("a header is looked at once", () => {
  const rows = Array.from({ length: 20 }, (_, row) => `${row},t,a,1,0,0.5,u,0.5`);

  it("and names the columns that are missing, and the format that has them", async () => {
    expect(await read("csv", [OPEN_BANDIT, ...rows])).toEqual({
      ok: false,
      reason: "bad-header",
      message:
        'log: the header has no column "item", "reward", "propensity"; it looks like --format open-bandit',
    });
    const own = ["item,position,reward,propensity", ...rows.map(() => "a,0,1,0.5")];
    expect(messageOf(await read("open-bandit", own))).toBe(
      'log: the header has no column "item_id", "click", "propensity_score"; it looks like --format csv',
    );
  });

  it("and names no format where none has them", async () => {
    const answer = await read("csv", ["item,position,propensity", "a,0,0.5", "b,0,0.5"]);
    expect(messageOf(answer)).toBe('log: the header has no column "reward"');
  });

  it("but JSON lines have none: each is judged by itself", async () => {
    const line = { position: 0, reward: 0, propensity: 1 };
    const answer = await read("jsonl", [JSON.stringify(line), JSON.stringify({ ...line, item: "a" })]);
    expect(messageOf(answer)).toBe('log line 1: item: "" is not among the items');
  });
});

describe("files that cannot be used at all", () => {
  it("are refused as values", async () => {
    expect(await read("csv", ["item,position,reward,propensity"])).toMatchObject({
      ok: false,
      reason: "empty",
    });
    for (const format of ["csv", "jsonl"] as const) {
      const missing = await readLog(join(folder, "nowhere"), format, items);
      expect(missing).toMatchObject({ ok: false, reason: "unreadable" });
    }
    const path = join(folder, "items.csv");
    await writeFile(path, "item_id,size\na,1\na,2");
    expect(await readItems(path)).toMatchObject({ ok: false, reason: "bad-rows" });
    await writeFile(path, "item_id,size\na,1");
    expect(await readItems(path)).toMatchObject({ ok: false, reason: "empty" });
  });
});
