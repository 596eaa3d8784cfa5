import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createRecommender, memoryHistoryStore } from "@tacit/client";
import { createTfjsEngine } from "@tacit/client/tfjs";
import { startCoordinator, TaskRefusedError } from "@tacit/server";
import { type Engine, parseTask, type TaskSpec, type TaskSpecInput } from "@tacit/shared";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { history, items } from "./support/small-population.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
// In the repository, so that it finds the packages as an author's would.
const SCRIPT = join(ROOT, `own-task-${process.pid}.tmp.mjs`);

const cleanups: (() => Promise<void>)[] = [];
let written: TaskSpecInput;

beforeAll(async () => {
  const document = await readFile(join(ROOT, "docs/own-model.md"), "utf8");
  await writeFile(SCRIPT, /```js\n\/\/ own-task\.mjs\n([\s\S]*?)```/.exec(document)?.[1] ?? "");
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], { cwd: ROOT });
  // TensorFlow.js may have said something before.
  written = JSON.parse(stdout.slice(stdout.indexOf("{")));
});
afterAll(() => rm(SCRIPT, { force: true }));
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function taskOf(changes: Partial<TaskSpecInput> = {}): TaskSpec {
  const parsed = parseTask({
    ...written,
    learning: { localSteps: 2, batchSize: 2, candidates: 3, minimumInteractions: 3 },
    privacy: { noiseMultiplier: 5 },
    cohort: { size: 4, minimum: 4, timeoutSeconds: 20 },
    rounds: 2,
    ...changes,
  } satisfies TaskSpecInput);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

async function enter(url: string, person: number, engine?: Engine) {
  const store = memoryHistoryStore();
  for (const interaction of history(person)) await store.append(interaction);
  const options = { url, task: "own", items, store, consent: true, seed: person, offerPause: 0 };
  const recommender = createRecommender({ ...options, ...(engine && { engine }) });
  cleanups.push(() => recommender.close());
  return recommender;
}

describe("the own model of docs/own-model.md", () => {
  it("is learned by a federation that masks its updates, from a coordinator without TensorFlow.js", async () => {
    const coordinator = await startCoordinator({ task: taskOf(), port: 0 });
    cleanups.push(() => coordinator.close());
    const before = coordinator.parameters();
    const engine = await createTfjsEngine({ backend: "wasm" });
    const clients = await Promise.all([0, 1, 2, 3].map((person) => enter(coordinator.url, person, engine)));
    const finished = clients.map(
      (client) =>
        new Promise<void>((resolve) => {
          client.on("model", (event) => event.finished && resolve());
        }),
    );
    for (const client of clients)
      expect(await client.ready).toEqual({ ok: true, modelVersion: 0, engine: "tfjs-wasm" });
    await Promise.all(finished);
    expect(coordinator.status()).toMatchObject({ modelVersion: 2, finished: true });
    expect(coordinator.parameters()).toHaveLength(before.length);
    expect(coordinator.parameters()).not.toEqual(before);
    const recommendation = await clients[0]?.recommend({ count: 3 });
    expect(recommendation).toMatchObject({ modelVersion: 2, items: { length: 3 } });

    const without = await enter(coordinator.url, 5);
    expect(await without.ready).toMatchObject({ ok: false, reason: "task-refused" });
  });

  it("is not served when it is malformed: the coordinator names the field", async () => {
    const { layers } = taskOf().model;
    const topology = (layers?.topology ?? "").replace('"GRU"', '"MyLayer"');
    const task = taskOf({ model: { historyLength: 8, layers: { weights: [], ...layers, topology } } });
    const refused = startCoordinator({ task, port: 0 });
    await expect(refused).rejects.toThrow(TaskRefusedError);
    await expect(refused).rejects.toThrow(/^model\.layers\.topology: .*class_name/);
  });
});
