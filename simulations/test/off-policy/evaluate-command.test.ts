import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  encodeModel,
  initialParameters,
  networkShape,
  OFF_POLICY_ESTIMATORS,
  parseTask,
  type Random,
  referenceEngine,
  seededRandom,
  type TaskSpecInput,
  taskHash,
} from "@tacit/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readItems } from "../../src/off-policy/log/read-items.js";
import { readLog } from "../../src/off-policy/log/read-log.js";
import { modelPolicy } from "../../src/off-policy/policies/model-policy.js";
import { tacitSim } from "../support/tacit-sim.js";

const run = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await tacitSim(["evaluate", ...args]);
  return { code, stdout, stderr };
};

const ITEMS = 5;
const HEADER =
  ",timestamp,item_id,position,click,propensity_score,user_feature_0,user_feature_1,user-item_affinity_0";

interface Row {
  readonly item: number;
  readonly position: number;
  readonly click: number;
  readonly propensity: number;
  readonly user: string;
}

/** Logs by a policy that likes some items better at some places; the higher an item's number the more clicks. */
function drawRows(count: number, random: Random, taste: number): Row[] {
  return Array.from({ length: count }, () => {
    const position = 1 + random.integer(3);
    const weights = Array.from({ length: ITEMS }, (_, item) => 1 + taste * ((item + position) % ITEMS));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let left = random.uniform() * total;
    const item = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    const user = random.uniform() < 0.5 ? "young" : "old";
    const click = random.uniform() < 0.1 + 0.1 * item ? 1 : 0;
    return { item, position, click, propensity: (weights[item] ?? 0) / total, user };
  });
}

const openBandit = (rows: readonly Row[]) =>
  [
    HEADER,
    ...rows.map(
      ({ item, position, click, propensity, user }, i) =>
        `${i},2019-11-24 00:00:00+00:00,${item},${position},${click},${propensity},${user},x,0.0`,
    ),
  ].join("\n");

const jsonLines = (rows: readonly Row[]) =>
  rows
    .map(({ item, position, click, propensity, user }) =>
      JSON.stringify({ item: String(item), position: position - 1, reward: click, propensity, user }),
    )
    .join("\n");

const logged = drawRows(600, seededRandom(1), 0.5);
const shown = drawRows(400, seededRandom(2), 3);

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-evaluate-"));
  const items = Array.from(
    { length: ITEMS },
    (_, item) => `${item},${item},${item / 7},${item % 2 ? "odd" : "even"}`,
  );
  await Promise.all([
    writeFile(file("log.csv"), openBandit(logged)),
    writeFile(file("shown.csv"), openBandit(shown)),
    writeFile(file("log.jsonl"), jsonLines(logged)),
    writeFile(file("items.csv"), [",item_id,item_feature_0,item_feature_1", ...items].join("\n")),
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

const common = () => ["--log", file("log.csv"), "--items", file("items.csv")];
const quick = ["--draws", "20", "--json"];

interface Printed {
  readonly policy: { readonly description: string };
  readonly estimates: Readonly<Record<string, { readonly value: number }>>;
  readonly loggedValue: number;
  readonly rewardModel: { readonly contexts: readonly string[] } | null;
}
async function evaluated(...args: readonly string[]): Promise<Printed> {
  const { code, stdout, stderr } = await run(...args, ...quick);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}
const valueOfEstimate = ({ estimates }: Printed, name: string) => estimates[name]?.value ?? Number.NaN;

/** Of all fields, however deep. */
function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

describe("tacit-sim evaluate", () => {
  it("agrees with a direct computation of IPS and SNIPS for what another log shows", async () => {
    const args = ["--policy", "empirical", "--policy-log", file("shown.csv"), "--estimator", "ips,snips"];
    const printed = await evaluated(...common(), ...args);
    let [rewards, weights] = [0, 0];
    for (const { item, position, click, propensity } of logged) {
      const there = shown.filter((row) => row.position === position);
      const weight = there.filter((row) => row.item === item).length / there.length / propensity;
      rewards += weight * click;
      weights += weight;
    }
    expect(valueOfEstimate(printed, "ips")).toBeCloseTo(rewards / logged.length, 12);
    expect(valueOfEstimate(printed, "snips")).toBeCloseTo(rewards / weights, 12);
    expect(printed).toMatchObject({ rounds: 600, items: ITEMS, places: 3, format: "open-bandit" });
  });

  it("says the same of the same log as JSON lines, and that its best items are better than the log", async () => {
    const policy = ["--policy", "epsilon-greedy", "--epsilon", "0.3"];
    const first = await evaluated(...common(), ...policy);
    expect(valueOfEstimate(first, "snips")).toBeGreaterThan(first.loggedValue);
    const lines = ["--log", file("log.jsonl"), "--format", "jsonl", "--items", file("items.csv")];
    const jsonl = await evaluated(...lines, ...policy);
    for (const name of ["ips", "snips", "dm", "dr", "sndr", "switch-dr", "dros"]) {
      expect(valueOfEstimate(jsonl, name)).toBeCloseTo(valueOfEstimate(first, name), 6);
    }
  });

  describe("of a log whose contexts are too many for a reward model", () => {
    const wide = async () => {
      const rows = drawRows(1600, seededRandom(4), 0.5);
      const lines = rows.map(({ item, position, click, propensity, user }, query) =>
        JSON.stringify({
          item: `${item}`,
          position: position - 1,
          reward: click,
          propensity,
          user,
          query: `q${query}`,
        }),
      );
      await writeFile(file("wide.jsonl"), lines.join("\n"));
      const args = ["--log", file("wide.jsonl"), "--format", "jsonl", "--items", file("items.csv")];
      return [...args, "--policy", "uniform"];
    };

    it("names the ways out", async () => {
      const { code, stdout, stderr } = await run(...(await wide()));
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/context "query" \(1600\).*--contexts.*--estimator ips,snips/);
    });

    it("takes either of them", async () => {
      const some = await evaluated(
        ...(await wide()),
        "--contexts",
        "user",
        "--item-features",
        "item_feature_1,item_id",
      );
      const features = ["item_feature_1", "item_id"];
      // A constant, two users, odd and even, five items, three places.
      expect(some.rewardModel).toEqual({
        contexts: ["user"],
        itemFeatures: features,
        columns: 1 + 2 + 2 + 5 + 3,
      });
      const none = await evaluated(...(await wide()), "--contexts", "none", "--item-features", "");
      expect(none.rewardModel).toEqual({ contexts: [], itemFeatures: [], columns: 1 + 3 });
      const unmodelled = await evaluated(...(await wide()), "--estimator", "ips,snips");
      expect(unmodelled.rewardModel).toBeNull();
      expect(valueOfEstimate(unmodelled, "ips")).toBe(valueOfEstimate(some, "ips"));
    });

    it("says which columns there are", async () => {
      const { code, stderr } = await run(...(await wide()), "--contexts", "user,sex");
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'tacit-sim: --contexts: no column "sex"; there are: user, query\n',
      });
    });
  });

  it("prints no field that the docs do not name", async () => {
    const docs = await readFile(
      new URL("../../../docs/learning/off-policy-evaluation.md", import.meta.url),
      "utf8",
    );
    const fields = docs.split("### `--json`")[1]?.split("###")[0] ?? "";
    const printed: unknown = await evaluated(...common(), "--policy", "uniform");
    const names = namesIn(printed).filter((name) => !OFF_POLICY_ESTIMATORS.some((known) => known === name));
    expect(names).toContain("effectiveRounds");
    expect(names.filter((name) => !fields.includes(`\`${name}\``))).toEqual([]);
  });

  it.each([
    [["--slates", "5"], "--slates: says nothing of --policy uniform"],
    [
      ["--folds", "7", "--estimator", "ips"],
      "--folds: nothing is learned by --policy uniform and --estimator ips",
    ],
  ])("refuses what is given and would do nothing: %s", async (args, message) => {
    const { code, stderr } = await run(...common(), "--policy", "uniform", ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `error: ${message}\n` });
  });

  it("prints a table for people", async () => {
    const { code, stdout } = await run(
      ...common(),
      "--policy",
      "bernoulli-ts",
      "--slates",
      "2000",
      "--draws",
      "20",
    );
    expect(code).toBe(0);
    for (const name of ["ips", "snips", "dm", "dr", "sndr", "switch-dr", "dros"])
      expect(stdout).toContain(`\n${name} `);
  });

  async function model(name: string, more: Partial<TaskSpecInput> = {}, feature = "item_feature_1") {
    const parsed = parseTask({
      name: name.toLowerCase(),
      catalogue: { features: [{ name: feature, kind: "categorical", values: ["odd", "even"] }] },
      model: { embedding: 2, hidden: 2 },
      ...more,
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { task } = parsed;
    const parameters = initialParameters(networkShape(task), 1).map((_, i) => Math.sin(i));
    await mkdir(file(name));
    await writeFile(file(`${name}/task.json`), JSON.stringify(task));
    const packet = encodeModel({ taskHash: taskHash(task), modelVersion: 3, parameters });
    await writeFile(file(`${name}/model.bin`), packet);
    return ["--policy", file(`${name}/task.json`)];
  }

  it("evaluates a trained model with its task, and refuses one that knows items by other features", async () => {
    const same = await model("same");
    const printed = await evaluated(...common(), ...same, "--estimator", "snips");
    expect(valueOfEstimate(printed, "snips")).toBeGreaterThan(0);
    const { code, stderr } = await run(...common(), ...(await model("other", {}, "genre")));
    expect({ code, named: stderr.includes('"genre"') }).toEqual({ code: 1, named: true });
  });

  it("evaluates a model under the rules of its task, whatever it explores by", async () => {
    const blocked = Array.from({ length: ITEMS - 1 }, (_, item) => String(item + 1));
    const args = ["--estimator", "ips", "--places", "1"];
    const only = logged.filter(({ position, item }) => position === 1 && item === 0);
    const first = logged.filter(({ position }) => position === 1).length;
    const worth = only.reduce((sum, { click, propensity }) => sum + click / propensity, 0) / first;
    for (const kind of ["epsilon-greedy", "boltzmann"] as const) {
      const ruled = await model(`ruled-${kind}`, { rules: { blocked }, exploration: { kind } });
      const printed = await evaluated(...common(), ...ruled, ...args);
      expect(valueOfEstimate(printed, "ips")).toBeCloseTo(worth, 10);
      expect(printed.policy.description).toContain("under its rules");
    }
  });

  it("tells a model what the log tells, and refuses one that is told what the log has not", async () => {
    const feature = (name: string, values: string[]) => ({
      features: [{ name, kind: "categorical" as const, values }],
    });
    const contexts = feature("user_feature_0", ["young", "old"]);
    const [, path = ""] = await model("told", { context: contexts, exploration: { kind: "boltzmann" } });
    const items = await readItems(file("items.csv"));
    if (!items.ok) throw new Error(items.message);
    const read = await readLog(file("log.csv"), "open-bandit", items.items, undefined);
    if (!read.ok) throw new Error(read.message);
    const { log } = read;
    const made = await modelPolicy({ path, log, engine: referenceEngine, epsilon: undefined });
    if (!made.ok) throw new Error(made.message);
    const shownTo = (user: string) =>
      logged.flatMap((row, round) =>
        row.position === 1 && row.user === user ? [made.policy.probabilities(round).join()] : [],
      );
    const [young, old] = [new Set(shownTo("young")), new Set(shownTo("old"))];
    expect([young.size, old.size]).toEqual([1, 1]);
    expect(young).not.toEqual(old);
    const hours = feature("hour", ["day"]);
    const { code, stderr } = await run(...common(), ...(await model("untold", { context: hours })));
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/no column "hour"/) });
  });

  it("refuses a bad row by line and field with exit code 1, and prints nothing", async () => {
    const [header = "", ...rows] = openBandit(logged.slice(0, 3)).split("\n");
    await writeFile(file("bad.csv"), [header, ...rows, "9,t,0,1,0,1.5,young,x,0"].join("\n"));
    const args = ["--log", file("bad.csv"), "--items", file("items.csv"), "--policy", "uniform"];
    expect(await run(...args)).toEqual({
      code: 1,
      stdout: "",
      stderr: 'tacit-sim: bad.csv line 5: propensity_score: "1.5" is not in (0, 1]\n',
    });
  });

  it("refuses a log of one impression, with a reward model or without", async () => {
    await writeFile(file("one.csv"), openBandit(logged.slice(0, 1)));
    for (const estimator of ["ips,snips", "dm,dr,sndr,switch-dr,dros"]) {
      const args = ["--log", file("one.csv"), "--items", file("items.csv"), "--policy", "uniform"];
      expect(await run(...args, "--estimator", estimator)).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(/one impression.*at least 2/),
      });
    }
  });

  it("lists the policies where it knows none of that name", async () => {
    const { code, stderr } = await run(...common(), "--policy", "unifrom");
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/unifrom: no policy.*uniform,/),
    });
  });

  it("says of a task without a model that the model is missing", async () => {
    const [flag = "", path = ""] = await model("modelless");
    await rm(file("modelless/model.bin"));
    const { code, stderr } = await run(...common(), flag, path);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/model\.bin/) });
    expect(stderr).not.toContain("no policy of that name");
  });

  it("answers bad parameters with exit code 2 and one line", async () => {
    for (const args of [
      [...common(), "--policy", "uniform", "--estimator", "magic"],
      [...common(), "--policy", "empirical"],
      [...common(), "--policy", "uniform", "--epsilon", "0.1"],
      [...common(), "--policy", "uniform", "--estimator", "ips", "--tau", "1"],
      [...common(), "--policy", "uniform", "--estimator", "ips", "--lambda", "1"],
      [...common(), "--policy", "uniform", "--estimator", "ips,snips", "--contexts", "none"],
    ]) {
      const { code, stderr } = await run(...args);
      expect({ code, lines: stderr.trim().split("\n").length }).toEqual({ code: 2, lines: 1 });
    }
  });
});
