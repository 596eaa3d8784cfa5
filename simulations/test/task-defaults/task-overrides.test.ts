import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { override, parseSetting, readOverrides } from "../../src/task-defaults/task-overrides.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-overrides-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a setting", () => {
  it.each([
    ["learning.localSteps=8", { learning: { localSteps: 8 } }],
    ["rounds=3", { rounds: 3 }],
    ["model.encoder=gru", { model: { encoder: "gru" } }],
    ['reward.weights={"click":1}', { reward: { weights: { click: 1 } } }],
    ["name=a=b", { name: "a=b" }],
  ])("%s is a part of a task", (text, part) => {
    expect(parseSetting(text)).toEqual(part);
  });

  it.each(["localSteps", "=8", "learning.=8", ".rounds=8"])("%s is refused", (text) => {
    expect(() => parseSetting(text)).toThrow(/a field of the task and its value/);
  });
});

describe("overrides", () => {
  it("merge objects, and replace everything else", () => {
    const base = { model: { embedding: 16, hidden: 8 }, rounds: 6, metrics: [1, 2] };
    expect(override(base, { model: { hidden: 4 }, metrics: [3] })).toEqual({
      model: { embedding: 16, hidden: 4 },
      rounds: 6,
      metrics: [3],
    });
  });

  it("replace an object of another kind, whose fields would mean nothing, and merge one of the same", () => {
    const base = { exploration: { kind: "epsilon-greedy", epsilon: 0.1 } };
    expect(override(base, { exploration: { kind: "boltzmann", temperature: 2 } })).toEqual({
      exploration: { kind: "boltzmann", temperature: 2 },
    });
    expect(override(base, { exploration: { kind: "epsilon-greedy" } })).toEqual(base);
    expect(override(base, { exploration: { epsilon: 0.2 } })).toEqual({
      exploration: { kind: "epsilon-greedy", epsilon: 0.2 },
    });
  });

  it("reach no object's prototype", () => {
    const merged = override({}, JSON.parse('{"__proto__": {"polluted": true}}'));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(Object.keys(Object(merged))).toEqual(["__proto__"]);
  });

  it("come from a file, with later settings on top", async () => {
    const file = join(folder, "task.json");
    await writeFile(file, JSON.stringify({ model: { embedding: 4 }, rounds: 2 }));
    expect(await readOverrides(file, ["model.hidden=3", "rounds=5", "rounds=7"])).toEqual({
      model: { embedding: 4, hidden: 3 },
      rounds: 7,
    });
  });

  it("name the file that is no task", async () => {
    const file = join(folder, "list.json");
    await writeFile(file, "[1]");
    await expect(readOverrides(file)).rejects.toThrow(`${file}: holds no JSON object`);
    await expect(readOverrides(join(folder, "none.json"))).rejects.toThrow(/none\.json: cannot be read/);
  });
});
