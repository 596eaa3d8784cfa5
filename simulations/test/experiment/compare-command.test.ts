import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tacitSim } from "../support/tacit-sim.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-compare-"));
});
afterAll(() => rm(folder, { recursive: true }));

const SMALL = [
  ...["--clients", "120", "--interactions", "8", "--cohort", "40", "--rounds", "2"],
  ...["--users", "30", "--seeds", "2", "--workers", "1", "--json"],
];

async function result(args: readonly string[]) {
  const { code, stdout, stderr } = await tacitSim(args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout);
}

describe("tacit-sim compare", () => {
  it("plays every arm with every seed, and draws a page of them", async () => {
    const out = join(folder, "whole");
    const whole = await result(["compare", ...SMALL, "--epsilons", "2,8", "--out", out]);
    expect(whole.arms.map(({ arm }: { arm: string }) => arm)).toEqual([
      "random",
      "popularity",
      "initial",
      "local-only",
      "federated, no privacy",
      "federated, epsilon 8",
      "federated, epsilon 2",
      "centralised",
    ]);
    for (const trial of whole.trials) expect(trial).not.toHaveProperty("heard");
    for (const { seeds, metrics } of whole.arms) {
      expect(seeds).toEqual([1, 2]);
      expect(metrics["hr@10"].mean).toBeGreaterThanOrEqual(0);
      expect(metrics["hr@10"].mean).toBeLessThanOrEqual(1);
    }
    const spent = new Map(
      whole.arms.map(({ arm, epsilon }: { arm: string; epsilon: number }) => [arm, epsilon]),
    );
    expect(spent.get("federated, no privacy")).toBeNull();
    expect(spent.get("federated, epsilon 8")).toBeLessThanOrEqual(8);
    expect(spent.get("federated, epsilon 2")).toBeLessThanOrEqual(2);

    const page = await readFile(join(out, "report.html"), "utf8");
    expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(4);
    expect(page).not.toMatch(/<script|src=|href="http/);
    expect(JSON.parse(await readFile(join(out, "report.json"), "utf8")).arms).toEqual(whole.arms);
    expect(await readdir(join(out, "tensorboard"))).toHaveLength(16);
  });

  it("shows in TensorBoard the runs of the last experiment of a folder, and keeps the trials of all of them", async () => {
    const out = join(folder, "twice");
    const few = ["--seeds", "1", "--without", "random,initial,local-only,centralised,popularity"];
    const compared = (epsilon: string) =>
      result(["compare", ...SMALL, ...few, "--epsilons", epsilon, "--out", out]);
    const names = async (name: string) => (await readdir(join(out, name))).sort();
    await compared("8");
    const trials = await names("trials");
    await compared("4");
    expect(await names("tensorboard")).toEqual(["federated_epsilon_4_seed_1", "federated_no_privacy_seed_1"]);
    expect(await names("trials")).toEqual(expect.arrayContaining(trials));
  });

  it("stops cleanly on Ctrl-C while it trains centrally", async () => {
    const few = ["--seeds", "1", "--without", "random,initial,local-only,federated,popularity"];
    const long = ["--rounds", "300", "--set", "learning.localSteps=4"];
    const { code, stdout, stderr } = await tacitSim(["compare", ...SMALL, ...few, ...long], (text, child) => {
      if (text.includes("trial 1/1: centralised") && !child.killed) child.kill("SIGINT");
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr.trimEnd().split("\n").at(-1)).toBe("stopped");
  });

  it("goes on where it was stopped, with the very same figures", async () => {
    const few = ["--seeds", "1", "--without", "initial,local-only,centralised", "--epsilons", "8"];
    const args = ["compare", ...SMALL, ...few];
    const out = join(folder, "stopped");
    const stopped = await tacitSim([...args, "--out", out], (text, child) => {
      if (text.includes("trial 4/")) child.kill("SIGKILL");
    });
    expect(stopped.signal).toBe("SIGKILL");
    const before = await readdir(join(out, "trials"));
    expect(before.filter((name) => name.endsWith(".json")).length).toBeGreaterThanOrEqual(3);
    expect(figures(await result([...args, "--out", out]))).toEqual(figures(await result(args)));
  });

  it("prints a table of means and intervals, and where the report is", async () => {
    const args = [
      "compare",
      ...SMALL.filter((word) => word !== "--json"),
      "--epsilons",
      "4",
      "--out",
      folder,
    ];
    const { code, stdout } = await tacitSim(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^arm +HR@10 +NDCG@10 +MRR +epsilon \(released models\) +lead over no privacy \(HR@10\)\n/,
    );
    expect(stdout).toMatch(/federated, epsilon 4 +0\.\d{4} ± 0\.\d{4}/);
    expect(stdout).toContain("report.html");
  });

  it("says what the cohorts' sums told of named metrics: text, page and JSON", async () => {
    const out = join(folder, "metrics");
    const few = ["--without", "initial,local-only,centralised", "--epsilons", "8", "--out", out];
    const metrics = ["--set", 'privacy.metrics=[{"name":"loss","maximum":9},{"name":"hit-rate"}]'];
    const args = ["compare", ...SMALL.filter((word) => word !== "--json"), ...few, ...metrics];
    const { code, stdout } = await tacitSim(args);
    expect(code).toBe(0);
    const notes =
      /^federated, (no privacy|epsilon 8), seed 1: in sums: of the last 1 rounds; beside them \d+ users/gm;
    expect(stdout.match(notes)).toHaveLength(2);
    expect(stdout).toMatch(
      /^federated, epsilon 8, seed 1: hit-rate: -?\d\.\d{4} ± \d+\.\d{4}; 0\.\d{4} ± .* in the open$/m,
    );
    expect(await readFile(join(out, "report.html"), "utf8")).toContain(
      "federated, epsilon 8, seed 1: hit-rate: ",
    );
    const { trials } = JSON.parse(await readFile(join(out, "report.json"), "utf8"));
    for (const { arm, heard } of trials) {
      if (arm.startsWith("federated"))
        expect(heard.means).toMatchObject([{ name: "loss" }, { name: "hit-rate" }]);
      else expect(heard).toBeUndefined();
    }
  });

  it("says for how many people its clients stand", async () => {
    const few = ["--seeds", "1", "--without", "random,initial,local-only,centralised,popularity"];
    const args = ["compare", ...SMALL.filter((word) => word !== "--json"), ...few, "--epsilons", "4"];
    const { stdout } = await tacitSim([...args, "--noise-cohort", "4000"]);
    expect(stdout).toContain(
      "each client stands for 100 people: noise and epsilon are those of 12000 people in cohorts of 4000",
    );
  });

  it("leaves out what it is told to, and refuses to leave out what there is not", async () => {
    const few = ["--without", "initial,local-only,centralised,popularity"];
    const { arms } = await result(["compare", ...SMALL, "--epsilons", "8", "--seeds", "1", ...few]);
    expect(arms.map(({ arm }: { arm: string }) => arm)).toEqual([
      "random",
      "federated, no privacy",
      "federated, epsilon 8",
    ]);
    const { code, stderr } = await tacitSim(["compare", "--without", "luck"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--without: there is no "luck" among random, popularity/);
  });

  it("says once what was read of a data set, however many trials are played", async () => {
    const file = join(folder, "events.csv");
    const rows = Array.from({ length: 12 }, (_, user) =>
      Array.from({ length: 6 }, (_, i) => `user-${user},item-${(i * (user + 1)) % 9},click,,${1000 + i}`),
    ).flat();
    await writeFile(file, `user_id,item_id,event,value,timestamp\n${rows.join("\n")}\nann,item-1,wink,,9\n`);
    const { code, stderr } = await tacitSim([
      ...["compare", file, "--format", "csv", "--cohort", "5", "--rounds", "1", "--seeds", "2", "--json"],
      ...["--without", "initial,local-only,centralised", "--epsilons", "none", "--workers", "1"],
    ]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr.match(/^events\.csv: 73 rows, 0 duplicates dropped, 1 bad rows$/gm)).toHaveLength(1);
    expect(stderr.match(/^ {2}events\.csv line 74: event "wink" is not one of /gm)).toHaveLength(1);
  });

  it.each([
    [
      ["--without", "federated", "--epsilons", "8"],
      "--epsilons: says nothing of a comparison without federated",
    ],
    [
      ["--without", "initial,federated", "--noise-cohort", "4000"],
      "--noise-cohort: says nothing of a comparison without federated",
    ],
    [
      ["--epsilons", "none", "--noise-cohort", "4000"],
      "--noise-cohort: says nothing of federations without noise",
    ],
  ])("refuses what is given and would do nothing: %s", async (args, message) => {
    expect(await tacitSim(["compare", ...SMALL, ...args])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `tacit-sim: ${message}\n`,
    });
  });

  it("refuses budgets that are none", async () => {
    const { code, stderr } = await tacitSim(["compare", "--epsilons", "8,none"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--epsilons are numbers from 0.01 to 1000/);
  });
});

describe("tacit-sim sweep", () => {
  it("refuses a deployment's cohorts where nothing is noised", async () => {
    const unnoised = ["--epsilons", "none", "--without-privacy", "--noise-cohort", "4000"];
    expect(await tacitSim(["sweep", ...SMALL, "--vary", "rounds=1", ...unnoised])).toMatchObject({
      code: 1,
      stderr: "tacit-sim: --noise-cohort: says nothing of federations without noise\n",
    });
  });

  it("refuses a budget that its arms would not be named for, and plays what is named twice once", async () => {
    const own = await tacitSim(["sweep", ...SMALL, "--vary", "privacy.maximumEpsilon=1,2"]);
    expect(own).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("privacy.maximumEpsilon: the budget is"),
    });
    const { arms } = await result([
      "sweep",
      ...SMALL,
      "--epsilons",
      "8,8",
      "--vary",
      "learning.candidates=7,7",
    ]);
    expect(arms.map(({ seeds }: { seeds: number[] }) => seeds)).toEqual([[1, 2]]);
  });

  it("writes its events also where a setting is longer than a file's name may be", async () => {
    const out = join(folder, "long");
    const words = Array.from({ length: 60 }, (_, i) => `word-${i}`);
    const vary = `reward.weights={"click":1},${JSON.stringify({ click: 1, purchase: 2, like: 1, share: 1, rating: 1 })}`;
    const long = `catalogue.features=[${JSON.stringify({ name: "genres", kind: "categorical", values: words, buckets: 8 })}]`;
    await result([
      "sweep",
      ...SMALL,
      "--seeds",
      "1",
      "--epsilons",
      "none",
      "--without-privacy",
      "--out",
      out,
      "--vary",
      vary,
      "--vary",
      long,
    ]);
    const runs = await readdir(join(out, "tensorboard"));
    expect(runs).toHaveLength(2);
    for (const run of runs) expect(run.length).toBeLessThan(200);
  });

  it("calls what it finds played by its own name, two spellings of one setting by two", async () => {
    const args = [
      "sweep",
      ...SMALL,
      "--without-privacy",
      "--epsilons",
      "none",
      "--out",
      join(folder, "spelt"),
    ];
    await result([...args, "--vary", "learning.candidates=7"]);
    const { arms } = await result([...args, "--vary", "learning.candidates=7.0,7e0"]);
    expect(
      arms.map(({ variation, seeds }: { variation: string; seeds: number[] }) => [variation, seeds]),
    ).toEqual([
      ["learning.candidates=7.0", [1, 2]],
      ["learning.candidates=7e0", [1, 2]],
    ]);
  });

  it("federates with every combination of the fields' values", async () => {
    const { arms } = await result([
      ...["sweep", ...SMALL, "--without-privacy"],
      ...["--vary", "privacy.clip=0.5,2", "--vary", "learning.localSteps=1,2"],
    ]);
    const named = arms.map(
      ({ variation, arm }: { variation: string; arm: string }) => `${variation}: ${arm}`,
    );
    expect(named).toHaveLength(8);
    expect(named[0]).toBe("privacy.clip=0.5, learning.localSteps=1: federated, no privacy");
    expect(named.at(-1)).toBe("privacy.clip=2, learning.localSteps=2: federated, epsilon 8");
  });

  it("goes on past a value with which training diverges, says so, and does not play it again", async () => {
    const out = join(folder, "diverging");
    const args = [
      ...["sweep", ...SMALL, "--seeds", "1", "--set", "learning.optimiser=sgd", "learning.localSteps=20"],
      ...["--vary", "learning.learningRate=10,0.1", "--out", out],
    ];
    const found = await result(args);
    const [wild, tame] = found.trials;
    expect(wild.diverged).toMatch(/updates that are not finite: lower learning\.learningRate \(10\)/);
    expect(wild.metrics).toEqual({});
    expect(tame.diverged).toBeUndefined();
    expect(tame.metrics["hr@10"]).toBeGreaterThan(0);
    expect(await readFile(join(out, "report.html"), "utf8")).toMatch(/learningRate=10, seed 1: round \d+:/);
    expect((await result(args)).trials).toEqual(found.trials);
  });

  it("refuses a field that the task does not have, and one without values", async () => {
    const unknown = await tacitSim(["sweep", ...SMALL, "--vary", "learning.colour=1,2"]);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringMatching(/learning\.colour/) });
    const none = await tacitSim(["sweep", ...SMALL, "--vary", "learning"]);
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/a field of the task and its values/),
    });
  });
});

/** Without what the machine was like. */
function figures({ arms, trials }: { arms: unknown; trials: Record<string, unknown>[] }) {
  return { arms, trials: trials.map(({ seconds: _, ...trial }) => trial) };
}
