import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ARMS } from "../src/run/simulation-result.js";
import { tacitSim } from "./support/tacit-sim.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-sim-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Interrupted once standard error says `interruptAt`. */
const run = (args: readonly string[], interruptAt?: string) => {
  let interrupted = false;
  return tacitSim(args, (stderr, child) => {
    if (!interrupted && interruptAt && stderr.includes(interruptAt)) interrupted = child.kill("SIGINT");
  });
};

const estimate = { mean: expect.any(Number), standardError: expect.any(Number) };
const metrics = { "hr@10": estimate, "ndcg@10": estimate, reward: estimate };

describe("tacit-sim start", () => {
  it("federates real clients and prints one JSON object", async () => {
    const out = join(folder, "out");
    const { code, stdout, stderr } = await run([
      "start",
      "--clients",
      "8",
      "--rounds",
      "2",
      "--json",
      "--out",
      out,
    ]);
    expect(stderr).toContain("round 2/2");
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).not.toHaveProperty("heard");
    expect(result).toMatchObject({ rounds: 2, clients: 8, bytesPerUpdate: expect.any(Number) });
    expect(result.arms).toMatchObject(ARMS.map((name) => ({ name, metrics })));
    const { coordinator, releases } = result.privacy;
    expect(releases).toEqual({ epsilon: expect.any(Number), delta: 1e-5 });
    expect(releases.epsilon).toBeLessThanOrEqual(10);
    // Masked: the coordinator sees the sums that everybody sees.
    expect(coordinator.epsilon).toBe(releases.epsilon);
    expect(JSON.parse(await readFile(join(out, "report.json"), "utf8"))).toEqual(result);
    expect(await readFile(join(out, "report.html"), "utf8")).toContain("federated-private");
    expect(await readFile(join(out, "report.html"), "utf8")).not.toContain("in sums");
    expect((await readFile(join(out, "model.bin"))).length).toBeGreaterThan(result.bytesPerUpdate / 2);
  });

  it("prints what the cohorts' sums told of named metrics, beside what is so: text, page and JSON", async () => {
    const out = join(folder, "metrics");
    const metrics = '[{"name":"loss","maximum":9},{"name":"diversity"}]';
    const args = ["start", "--clients", "8", "--rounds", "2", "--metrics", metrics, "--out", out];
    const { code, stdout, stderr } = await run(args);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/\nin sums +of the last 1 rounds; beside them 8 users in the open\n/);
    // So few clients hardly ever tell through the noise.
    expect(stdout).toMatch(/\nloss +(not told|-?\d+\.\d{4} ± \d+\.\d{4})\n/);
    expect(stdout).toMatch(
      /\ndiversity +(not told|-?\d+\.\d{4} ± \d+\.\d{4}); 0\.\d{4} ± 0\.\d{4} in the open\n/,
    );
    const { heard } = JSON.parse(await readFile(join(out, "report.json"), "utf8"));
    expect(heard).toMatchObject({ rounds: 1, users: 8, means: [{ name: "loss" }, { name: "diversity" }] });
    expect(await readFile(join(out, "report.html"), "utf8")).toMatch(
      /<h2>What sums told<\/h2>\n<pre>in sums/,
    );
  });

  it("takes any budget that it may be given: a device's own limits over all tasks are none of a simulation's", async () => {
    const args = ["start", "--clients", "6", "--rounds", "1", "--epsilon", "500", "--json"];
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).privacy.releases.epsilon).toBeGreaterThan(30);
  });

  it("lets the coordinator make the noise, and says that nothing is promised against it then", async () => {
    const out = join(folder, "trusted");
    const args = ["start", "--clients", "6", "--rounds", "1", "--privacy", "trusted", "--out", out];
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/against the coordinator +none: /);
    const { mode, privacy } = JSON.parse(await readFile(join(out, "report.json"), "utf8"));
    expect(mode).toBe("trusted");
    expect(privacy).toMatchObject({
      coordinator: { epsilon: null },
      releases: { epsilon: expect.any(Number) },
    });
  });

  it("makes every user of a data set a client, and says which rows were bad", async () => {
    const file = join(folder, "events.csv");
    const rows = ["ann", "bob", "eve", "zoe"].flatMap((user, u) =>
      Array.from({ length: 6 }, (_, i) => `${user},item-${(i * (u + 1)) % 9},click,,${1000 + i}`),
    );
    await writeFile(file, `user_id,item_id,event,value,timestamp\n${rows.join("\n")}\nann,item-1,wink,,9\n`);
    const args = [
      "start",
      "--dataset",
      file,
      "--format",
      "csv",
      "--rounds",
      "1",
      "--out",
      join(folder, "csv"),
    ];
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(0);
    expect(stderr).toMatch(/events\.csv line 26: event "wink"/);
    for (const name of ARMS) expect(stdout).toContain(name);
    expect(stdout).toMatch(/against the coordinator\s+epsilon \d+/);
    expect(stdout).toMatch(/report {2}.*report\.html/);
  });

  it("says in one line that a worker failed", async () => {
    const broken = join(folder, "broken.mjs");
    await writeFile(
      broken,
      `import { isMainThread, parentPort, workerData } from "node:worker_threads";
if (!isMainThread && workerData?.clients) {
  parentPort.on("message", ({ kind }) => {
    if (kind === "join") throw new Error("out of luck");
  });
}`,
    );
    vi.stubEnv("NODE_OPTIONS", `--import ${pathToFileURL(broken)}`);
    try {
      const { code, stdout, stderr } = await run(["start", "--clients", "6", "--rounds", "5"]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/^tacit-sim: a worker failed: out of luck$/m);
      expect(stderr).not.toMatch(/\n {4}at /);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("stops cleanly on Ctrl-C", async () => {
    const { code, stdout, stderr } = await run(["start", "--clients", "20", "--rounds", "500"], "round 1/");
    expect(code).toBe(130);
    expect(stdout).toBe("");
    expect(stderr.trimEnd().split("\n").at(-1)).toBe("stopped");
  });

  it.each([
    [["start", "--dataset", "/nowhere", "--format", "csv"], 1, /nowhere: no such file or folder/],
    [["start", "--clients", "1"], 2, /--clients is a whole number from 3 to 100000/],
    [["start", "--rounds", "many"], 2, /--rounds is a whole number/],
    [["start", "--epsilon", "-1"], 2, /--epsilon is from 0.01 to 1000/],
    [["start", "--format", "parquet"], 2, /--format.*movielens, csv/],
    [["start", "--metrics", "luck"], 1, /privacy\.metrics/],
    [["start", "--clients", "5", "--rounds", "1000", "--epsilon", "0.01"], 1, /needs more noise/],
  ])("refuses %j in one clear line", async (args, exitCode, message) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(exitCode);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it("explains itself", async () => {
    const { code, stdout } = await run(["start", "--help"]);
    expect(code).toBe(0);
    for (const option of ["--clients", "--rounds", "--epsilon", "--dataset", "--json", "Examples"]) {
      expect(stdout).toContain(option);
    }
  });
});

describe("tacit-sim attack", () => {
  it("refuses more groups than its clients can fill, in one line", async () => {
    const { code, stderr } = await run(["attack", "--clients", "40", "--groups", "9"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "error: --groups: at most 8 of 40 clients\n" });
  });
});

describe("tacit-sim audit", () => {
  const bound = (...args: string[]) =>
    run(["audit", "bound", "--canaries", "1000", "--guesses", "100", ...args]);

  it("bound reads the published one", async () => {
    const { code, stdout } = await bound("--correct", "90", "--delta", "1e-5", "--json");
    expect(code).toBe(0);
    // Steinke, Nasr, Jagielski 2023; recomputed with jax_privacy's auditing
    expect(JSON.parse(stdout).epsilonLowerBound).toBeCloseTo(1.626143, 5);
  });

  it("bound refuses more right guesses than guesses, in one line", async () => {
    const { code, stderr } = await bound("--correct", "101");
    expect({ code, stderr }).toEqual({ code: 2, stderr: "error: --correct: at most the 100 guesses\n" });
  });

  it("says by its exit code that a sabotaged build does not keep its claim", async () => {
    const { code, stdout } = await run(["audit", "--clients", "5", "--sabotage", "skip-clip"]);
    expect(stdout).toContain("REFUTED");
    expect(code).toBe(1);
  });
});
