import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tacitSim } from "./support/tacit-sim.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-run-"));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (args: readonly string[], onText?: Parameters<typeof tacitSim>[1]) =>
  tacitSim(["run", ...args], onText);

/** All that a run found out; what it took is the machine's. */
async function findings(args: readonly string[]) {
  const { code, stdout, stderr } = await run([...args, "--json"]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const { measured, ...found } = JSON.parse(stdout);
  expect(measured.clientRoundsPerSecond).toBeGreaterThan(0);
  return found;
}

const SMALL = ["--clients", "400", "--interactions", "8", "--cohort", "8"];
/** Half of the cohorts lose too many. */
const LIVELY = ["--availability", "diurnal", "--round-every", "3600", "--dropout", "0.3", "--minimum", "6"];
const DIVERGING = ["--rounds", "2", "--set", "learning.optimiser=sgd", "learning.localSteps=20"];

describe("tacit-sim run", () => {
  it("finds the very same on one, two and three workers", async () => {
    const args = [...SMALL, ...LIVELY, "--rounds", "2"];
    const one = await findings([...args, "--workers", "1"]);
    expect(await findings([...args, "--workers", "2"])).toEqual(one);
    expect(await findings([...args, "--workers", "3"])).toEqual(one);
    expect(one.modelHash).toMatch(/^[0-9a-f]{64}$/);
    expect(one.rounds).toHaveLength(2);
    expect(one.virtualSeconds).toBeGreaterThan(3600);
    for (const { contributors } of one.rounds) expect(contributors).toBeGreaterThanOrEqual(6);
    expect(one.privacy.releasesEpsilon).toBeLessThanOrEqual(10);
    expect(one.privacy.coordinatorEpsilon).toBe(one.privacy.releasesEpsilon);
    // 8 interactions, one held out, of 14 bytes; offset and attendance.
    expect(one.bytesPerClient).toBeLessThan(170);
  });

  it("goes on after kill -9 and ends with the very same model", async () => {
    const args = [...SMALL, ...LIVELY, "--rounds", "9", "--evaluate-every", "9"];
    const unbroken = await findings(args);
    expect(unbroken.failedCohorts).toBeGreaterThan(0);
    const checkpoint = join(folder, "killed");
    const kept = [...args, "--checkpoint", checkpoint, "--checkpoint-every", "2"];
    const killed = await run(kept, (text, child) => {
      if (text.includes("round 3/")) child.kill("SIGKILL");
    });
    expect(killed).toMatchObject({ signal: "SIGKILL", stdout: "" });
    const again = await run(kept);
    expect(again.stderr).toMatch(/holds a checkpoint: go on with --resume/);
    const other = await run([...kept, "--seed", "3", "--resume"]);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringMatching(/another run/) });
    expect(await findings([...kept, "--workers", "1", "--resume"])).toEqual(unbroken);
  });

  it.each([
    [["--no-privacy", "--epsilon", "3"], "--epsilon: says nothing of a run with --no-privacy"],
    [["--no-privacy", "--noise-cohort", "500"], "--noise-cohort: says nothing of a run with --no-privacy"],
    [["--checkpoint-every", "2"], "--checkpoint-every: says nothing of a run without --checkpoint"],
  ])("refuses what is given and would do nothing: %s", async (args, message) => {
    expect(await run([...SMALL, ...args])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `tacit-sim: ${message}\n`,
    });
  });

  it("comes to the very same model by secure aggregation and by adding up, where no noise tells them apart", async () => {
    const args = [
      ...SMALL,
      "--cohort",
      "14",
      "--minimum",
      "10",
      "--dropout",
      "0.1",
      "--rounds",
      "2",
      "--no-privacy",
    ];
    const [fast, protocol] = [await findings(args), await findings([...args, "--path", "protocol"])];
    expect(protocol.modelHash).toBe(fast.modelHash);
    expect(protocol).toEqual({ ...fast, path: "protocol" });
  });

  it("says where the time went, and writes figures, model and task", async () => {
    const args = [...SMALL, "--cohort", "14", "--minimum", "12", "--rounds", "1", "--path", "protocol"];
    const out = join(folder, "protocol");
    const { code, stdout, stderr } = await run([...args, "--profile", "--out", out]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/epsilon +\d/);
    for (const phase of ["protocol", "training", "sealing", "waiting"])
      expect(stderr).toContain(`  ${phase}`);
    const report = JSON.parse(await readFile(join(out, "report.json"), "utf8"));
    expect(report).toMatchObject({ path: "protocol", rounds: [{ contributors: 14 }] });
    expect(report.measured.run.protocol).toBeGreaterThan(0);
    expect(JSON.parse(await readFile(join(out, "task.json"), "utf8"))).toMatchObject({
      cohort: { size: 14 },
    });
    expect((await readFile(join(out, "model.bin"))).length).toBeGreaterThan(4 * report.parameters);
  });

  it("stops cleanly on Ctrl-C", async () => {
    const { code, stdout, stderr } = await run([...SMALL, "--rounds", "50"], (text, child) => {
      if (text.includes("round 1/") && !child.killed) child.kill("SIGINT");
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr.trimEnd().split("\n").at(-1)).toBe("stopped");
  });

  it("makes every user of a data set a virtual client, and promises nothing without noise", async () => {
    const file = join(folder, "events.csv");
    const rows = Array.from({ length: 12 }, (_, u) =>
      Array.from({ length: 6 }, (_, i) => `user-${u},item-${(i * (u + 1)) % 9},click,,${1000 + i}`),
    ).flat();
    await writeFile(file, `user_id,item_id,event,value,timestamp\n${rows.join("\n")}\n`);
    const found = await findings([file, "--format", "csv", "--cohort", "5", "--rounds", "2", "--no-privacy"]);
    expect(found).toMatchObject({
      population: { kind: "dataset", digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      privacy: { releasesEpsilon: null, coordinatorEpsilon: null, noiseMultiplier: 0 },
      rounds: [{ epsilon: null }, { epsilon: null }],
    });
  });

  it("says what was read of a data set, and which rows were bad, before it refuses one that nobody can learn from", async () => {
    const file = join(folder, "one.csv");
    const rows = Array.from({ length: 12 }, (_, u) => `user-${u},item-1,click,,${1000 + u}`);
    await writeFile(file, `user_id,item_id,event,value,timestamp\n${rows.join("\n")}\nann,item-1,wink,,9\n`);
    const { code, stdout, stderr } = await run([file, "--format", "csv", "--cohort", "10"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toEqual([
      "one.csv: 13 rows, 0 duplicates dropped, 1 bad rows",
      "1 items have no features",
      expect.stringMatching(/^ {2}one\.csv line 14: event "wink" is not one of /),
      `tacit-sim: ${file}: 0 users with at least two items, 2 are needed`,
    ]);
  });

  it("takes fields of the task, implicit feedback, item ids and replicas from the command line", async () => {
    const file = join(folder, "ratings.csv");
    const rows = Array.from({ length: 8 }, (_, u) =>
      Array.from({ length: 5 }, (_, i) => `user-${u},item-${(i + u) % 9},rating,1,${1000 + i}`),
    ).flat();
    await writeFile(file, `user_id,item_id,event,value,timestamp\n${rows.join("\n")}\n`);
    const views = ["--format", "csv", "--implicit", "--item-ids", "--replicas", "3"];
    const settings = ["--set", "model.embedding=2", "rounds=3", "cohort.size=6", "cohort.minimum=6"];
    const found = await findings([file, ...views, ...settings]);
    expect(found).toMatchObject({
      population: { clients: 24, replicas: 3, implicit: true, itemIds: true },
      cohort: { size: 6, minimum: 6 },
      ranking: { users: 8, draws: 3, model: { "hr@10": { mean: expect.any(Number) } } },
    });
    expect(found.rounds).toHaveLength(3);
    expect(found.privacy.releasesEpsilon).toBeLessThanOrEqual(10);
  });

  it.each([
    [["--set", "model.embedding=0"], 1, /model\.embedding/],
    [["--set", "embedding"], 1, /embedding: a setting is a field of the task and its value/],
    [["--task", "/nowhere/task.json"], 1, /nowhere\/task\.json: cannot be read/],
    [["--workers", "many"], 2, /--workers is a whole number from 1 to/],
    [["--dropout", "1"], 2, /--dropout is from 0 to 0\.9/],
    [["--path", "slow"], 2, /--path.*fast, protocol/],
    [["--resume"], 2, /--resume: needs the folder of --checkpoint/],
    [["/nowhere", "--format", "csv"], 1, /nowhere: no such file or folder/],
    [["--cohort", "12", "--dropout", "0.2", "--path", "protocol"], 1, /secure aggregation of 12 clients/],
    [[...SMALL, "--deadline", "1", "--rounds", "1"], 1, /1000 cohorts in a row gave no sum/],
    [
      [...SMALL, ...DIVERGING, "learning.learningRate=10"],
      1,
      /10 cohorts gave no sum; in the last of them \d clients .* not finite: lower learning\.learningRate \(10\)/,
    ],
  ])("refuses %j in one clear line", async (args, exitCode, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it("says when nobody is left who may take part", async () => {
    const args = [
      "--clients",
      "47",
      "--interactions",
      "8",
      "--cohort",
      "10",
      "--minimum",
      "9",
      "--rounds",
      "5",
    ];
    const { code, stderr } = await run([...args, "--participations", "1", "--over-selection", "3"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/round 5: 7 clients can be invited, 9 are needed; 7 of 47 may still take part/);
  });
});
