import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  type Coordinator,
  createInvite,
  inviteEnrolment,
  openMemoryStore,
  type Store,
  startCoordinator,
} from "@tacit/server";
import { parseTask, type TaskSpecInput } from "@tacit/shared";
import { afterEach, describe, expect, it } from "vitest";

const BIN = fileURLToPath(new URL("../../bin/tacit-sim.js", import.meta.url));
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function swarmTask(changes: Partial<TaskSpecInput> = {}) {
  const parsed = parseTask({
    name: "films",
    catalogue: {
      features: [
        { name: "genre", kind: "categorical", values: [], buckets: 4 },
        { name: "title", kind: "text", buckets: 4 },
        { name: "year", kind: "numeric", minimum: 1920, maximum: 2030 },
      ],
    },
    model: { embedding: 4, hidden: 4, historyLength: 4 },
    learning: { localSteps: 3, batchSize: 4, candidates: 7, minimumInteractions: 3 },
    privacy: { noiseMultiplier: 5 },
    cohort: { size: 6, minimum: 4, timeoutSeconds: 20 },
    rounds: 2,
    ...changes,
  } satisfies TaskSpecInput);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("; "));
  return parsed.task;
}

async function coordinate(changes: Partial<TaskSpecInput> = {}, store?: Store): Promise<Coordinator> {
  const enrolment = store && inviteEnrolment;
  const coordinator = await startCoordinator({ task: swarmTask(changes), port: 0, store, enrolment });
  open.push(() => coordinator.close());
  return coordinator;
}

/** Runs the real command; interrupts it once it has said so. */
function swarm(url: string, args: readonly string[] = [], interruptAt?: string) {
  const child = spawn(process.execPath, [BIN, "swarm", "--url", url, "--ramp", "0.2", "--json", ...args]);
  let [stdout, stderr] = ["", ""];
  let interrupted = false;
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
    if (!interrupted && interruptAt && stderr.includes(interruptAt)) interrupted = child.kill("SIGINT");
  });
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

describe("tacit-sim swarm", () => {
  it("learns a running coordinator's task to its end, from several threads", async () => {
    const coordinator = await coordinate();
    const { code, stdout, stderr } = await swarm(coordinator.url, ["--clients", "8", "--workers", "2"]);
    expect(stderr).toMatch(/task "films" at version 0 of 2, 8 clients\n/);
    expect(stderr).toMatch(/connected \d\/8 {2}trained \d+ {2}uploaded \d+ {2}.*clients\/s {2}\d+ MiB\n/);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ ended: "task-finished", clients: 8, workers: 2, joined: 8, out: 0 });
    expect(result.versions.at(-1)).toBe(2);
    expect(result.trained).toBeGreaterThanOrEqual(result.uploaded);
    // Two cohorts of at least four.
    expect(result.uploaded).toBeGreaterThanOrEqual(8);
    expect(result.peakBytes).toBeGreaterThan(0);
    expect(coordinator.status()).toMatchObject({ finished: true, modelVersion: 2 });
    expect(code).toBe(0);
  });

  it("lets every client leave on Ctrl-C", async () => {
    const coordinator = await coordinate({ rounds: 10 });
    // Too few for a cohort: they wait.
    const { code, stdout } = await swarm(coordinator.url, ["--clients", "3"], "connected 3/3");
    expect(JSON.parse(stdout)).toMatchObject({ ended: "stopped", connected: 0, uploaded: 0 });
    expect(code).toBe(130);
  });

  it("is let in by its invite, and says why where it is not", async () => {
    const store = await openMemoryStore();
    open.push(() => store.close());
    const coordinator = await coordinate({ rounds: 1 }, store);
    const uninvited = await swarm(coordinator.url, ["--clients", "6"]);
    expect(JSON.parse(uninvited.stdout)).toMatchObject({ ended: "nobody-left", uploaded: 0, out: 6 });
    expect(uninvited.stderr).toContain("refused not-enrolled 6");
    expect(uninvited.code).toBe(1);
    const { token } = await createInvite(store.identities, { uses: 6, days: 1 });
    const invited = await swarm(coordinator.url, ["--clients", "6", "--invite", token]);
    expect(JSON.parse(invited.stdout)).toMatchObject({ ended: "task-finished", out: 0 });
    expect(invited.code).toBe(0);
  });

  it("refuses a task whose items it does not have, another coordinator and another task in one line", async () => {
    const features = [{ name: "price", kind: "numeric", minimum: 0, maximum: 9 }] as const;
    const shop = await coordinate({ catalogue: { features: [...features] } });
    expect(await swarm(shop.url)).toEqual({
      code: 1,
      stdout: "",
      stderr:
        'tacit-sim: the simulated films cannot be recommended in the task "films": ' +
        'catalogue.features.0: no item has a numeric feature "price"\n',
    });
    const elsewhere = await swarm(shop.url, ["--task", "music"]);
    expect(elsewhere).toMatchObject({ code: 1, stdout: "" });
    expect(elsewhere.stderr).toMatch(/^tacit-sim: .* does not serve a task "music": .*404\n$/);
    const nowhere = await swarm("http://127.0.0.1:1");
    expect(nowhere).toMatchObject({ code: 1, stdout: "" });
    expect(nowhere.stderr).toMatch(
      /^tacit-sim: http:\/\/127\.0\.0\.1:1 does not serve a task "films": .*\n$/,
    );
  });

  it("refuses more clients than a data set has users, and both credentials at once", async () => {
    const coordinator = await coordinate();
    expect(await swarm(coordinator.url, ["--dataset", "/nowhere", "--format", "csv"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/nowhere: no such file or folder\n$/),
    });
    expect(await swarm(coordinator.url, ["--invite", "a", "--token", "b"])).toMatchObject({ code: 2 });
    expect(await swarm("localhost")).toMatchObject({ code: 2, stderr: expect.stringMatching(/--url/) });
  });
});
