import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson, type MetricSum, taskHash } from "@tacit/shared";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { metricsCommand } from "../../src/rounds/metrics-command.js";
import { toldMetrics } from "../../src/rounds/told-metrics.js";
import { openFolderStore } from "../../src/store/open-store.js";
import type { ModelVersion } from "../../src/store/store.js";
import { roundAfter } from "../store/store-contract.js";
import { id } from "../support/ids.js";
import { smallTask } from "../support/small-task.js";

const ROUNDS = 30;
const task = smallTask();
/** Everybody measures it. */
const everybody = { share: 1, shareError: 0 };
/** Hits of one more hundredth each round, and a sketch of 1 / (0.6² − 0.1²) items; the second round told of no hits. */
const metricsOf = (round: number): MetricSum[] => [
  ...(round === 1
    ? []
    : [
        {
          ...everybody,
          name: "hit-rate" as const,
          minimum: 0,
          maximum: 1,
          places: round / 50 - 1,
          error: 0.06,
        },
      ]),
  { ...everybody, name: "exposure", minimum: -1, maximum: 1, places: round % 2 ? 0.6 : -0.6, error: 0.1 },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-metrics-"));
  await writeFile(join(folder, "task.json"), JSON.stringify(task));
  await writeFile(join(folder, "other.json"), JSON.stringify({ ...task, name: "other" }));
  const store = await openFolderStore(join(folder, "data"));
  const hash = taskHash(task);
  let head: ModelVersion = {
    modelVersion: 0,
    hash: "ab".repeat(32),
    previousHash: "0".repeat(64),
    parameters: new Float32Array(4),
    optimiserState: new Float32Array(),
    noiseState: new Int32Array(),
  };
  await store.openTask({ taskHash: hash, name: task.name, spec: canonicalJson(task), initial: head });
  for (let round = 0; round < ROUNDS; round++) {
    const commit = roundAfter(head, [id(round)]);
    await store.commitRound(hash, { ...commit, round: { ...commit.round, metrics: metricsOf(round) } });
    head = commit.version;
  }
  await store.close();
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function run(file: string, ...parameters: string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  vi.spyOn(console, "log").mockImplementation((line) => stdout.push(String(line)));
  vi.spyOn(console, "error").mockImplementation((line) => stderr.push(String(line)));
  const words = ["--task", join(folder, file), "--data", join(folder, "data"), ...parameters];
  await metricsCommand().parseAsync(words, { from: "user" });
  const failed = process.exitCode === 1;
  process.exitCode = undefined;
  return { failed, stdout, stderr };
}

describe("tacit-server metrics", () => {
  it("takes the latest rounds together, each with its own noise", async () => {
    const { stdout } = await run("task.json", "--json");
    const { rounds, means, shown } = JSON.parse(stdout.join("\n"));
    expect(rounds).toBe(20);
    expect(means).toEqual([
      {
        name: "hit-rate",
        rounds: 20,
        mean: expect.closeTo(0.195, 12),
        standardError: expect.closeTo(0.03 / Math.sqrt(20), 12),
      },
    ]);
    expect(shown.rounds).toBe(20);
    expect(shown.items.items).toBeCloseTo(1 / 0.35, 9);
    expect(shown.items.fewest).toBeLessThan(shown.items.items);
  });

  it("says it in words, and which rounds told nothing", async () => {
    expect((await run("task.json", "--last", "30")).stdout).toEqual([
      expect.stringMatching(/^hit-rate +0\.1497 ± 0\.0111, 29 of 30 rounds$/),
      expect.stringMatching(/^shown +as if 2\.9 items, \d\.\d to \d\.\d, 30 of 30 rounds$/),
    ]);
    expect((await run("task.json", "--last", "8")).stdout.at(-1)).toMatch(/cannot be told from noise/);
  });

  it("says in one line that the store knows nothing of a task", async () => {
    expect(await run("other.json")).toEqual({
      failed: true,
      stdout: [],
      stderr: ['tacit-server: this store holds no rounds of the task "other"'],
    });
  });

  it("tells nothing of what no round told", () => {
    expect(toldMetrics([])).toEqual({ means: [] });
    expect(toldMetrics([[], []])).toEqual({ means: [] });
  });
});
