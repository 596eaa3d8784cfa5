import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  addSealed,
  budgetStatement,
  createMechanism,
  decodeModel,
  emptySum,
  taskHash as hashTask,
  networkShape,
  parameterCount,
  planSealing,
  rotationSeed,
  type TaskSpec,
  type TaskSpecInput,
} from "@tacit/shared";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Coordinator, type CoordinatorOptions, startCoordinator } from "../src/coordinator.js";
import { openMemoryStore } from "../src/store/open-store.js";
import type { RoundCommit, Store } from "../src/store/store.js";
import { completeRound, freshId, joinAll, RawClient } from "./support/raw-client.js";
import { smallTask } from "./support/small-task.js";

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

/** A task of its own for every test: they share one store. */
let tasks = 0;
const newTask = (changes: Partial<TaskSpecInput> = {}) => smallTask({ name: `task-${tasks++}`, ...changes });

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(task: TaskSpec, options: Partial<CoordinatorOptions> = {}): Promise<Coordinator> {
  const coordinator = await startCoordinator({ task, port: 0, store, ...options });
  cleanups.push(() => coordinator.close());
  return coordinator;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "tacit-coordinator-"));
  cleanups.push(() => rm(path, { recursive: true }));
  return path;
}

const privacy = (changes: Partial<TaskSpec["privacy"]>) => ({
  privacy: { ...smallTask().privacy, ...changes },
});
const cohort = (changes: Partial<TaskSpec["cohort"]>) => ({ cohort: { ...smallTask().cohort, ...changes } });

describe("a round", () => {
  it("moves the model by the opened mean of the uploads, and acknowledges what it has committed", async () => {
    const task = newTask();
    const coordinator = await start(task);
    const before = coordinator.parameters();
    const clients = await joinAll(coordinator.url, task, 3);
    const announced = new Promise((resolve) => clients[0]?.socket.once("model", resolve));
    expect(await completeRound(clients, 0)).toEqual(Array(3).fill({ ok: true, modelVersion: 1 }));

    const planned = planSealing(task, before.length);
    if (!planned.ok) throw new Error(planned.message);
    const sum = emptySum(planned.plan);
    for (let n = 0; n < 3; n++) addSealed(planned.plan, sum, new Uint32Array(before.length).fill(1));
    const seed = rotationSeed(task, coordinator.status().taskHash, 0);
    const mean = createMechanism(planned.plan, seed).open(sum, 3);
    const response = await fetch(`${coordinator.url}/v1/tasks/${task.name}/models/1`);
    const packet = new Uint8Array(await response.arrayBuffer());
    const { taskHash } = coordinator.status();
    expect(decodeModel(packet, { taskHash, dimension: before.length })).toMatchObject({
      ok: true,
      modelVersion: 1,
      parameters: before.map((x, i) => x + (mean[i] ?? 0)),
    });
    expect(await announced).toMatchObject({ task: task.name, modelVersion: 1, finished: false });
    const { privacy: spent } = coordinator.status();
    expect(spent.releases.epsilon).toBeGreaterThan(0);
    expect(spent.coordinator.epsilon).toBeGreaterThan(spent.releases.epsilon);
  });

  it("follows round until the task is finished, and then says so", async () => {
    const task = newTask({ rounds: 2 });
    const coordinator = await start(task);
    const rounds: number[] = [];
    coordinator.onRound(({ round, ledger }) => rounds.push(round.modelVersion, ledger.participations));
    const clients = await joinAll(coordinator.url, task, 3);
    await completeRound(clients, 0);
    await completeRound(clients, 1);
    expect(rounds).toEqual([1, 1, 2, 2]);
    expect(coordinator.status()).toMatchObject({ modelVersion: 2, finished: true, phase: "finished" });
    expect(await clients[0]?.checkIn()).toMatchObject({ ok: true, modelVersion: 2, finished: true });
    expect(await clients[0]?.ready(2)).toMatchObject({ ok: false, reason: "task-finished" });
  });

  it("is abandoned below the minimum, and the same updates complete the next one", async () => {
    const task = newTask(cohort({ size: 3, minimum: 3, timeoutSeconds: 0.3 }));
    const coordinator = await start(task);
    const clients = await joinAll(coordinator.url, task, 3);
    const updates = clients.map(() => freshId());
    const abandoned = clients.map(
      (client) => new Promise((resolve) => client.socket.once("cohort-abandoned", resolve)),
    );
    await Promise.all(clients.map((client, i) => client.ready(0, updates[i])));
    const invitations = await Promise.all(clients.map((client) => client.invitation()));
    const [first] = invitations;
    if (!first) throw new Error("nobody was invited");
    expect(await clients[0]?.upload(first)).toMatchObject({ ok: false, reason: "abandoned" });
    await Promise.all(abandoned);

    // The first client waits again by itself; the others say that they are ready.
    await Promise.all(clients.slice(1).map((client, i) => client.ready(0, updates[i + 1])));
    const again = await Promise.all(clients.map(async (client) => client.upload(await client.invitation())));
    expect(again).toEqual(Array(3).fill({ ok: true, modelVersion: 1 }));
  });

  it("gives a client that lost the answer the same answer again", async () => {
    const task = newTask();
    const coordinator = await start(task);
    const clients = await joinAll(coordinator.url, task, 3);
    await Promise.all(clients.map((client) => client.ready(0)));
    const invitations = await Promise.all(clients.map((client) => client.invitation()));
    const [ann, bob, eve] = clients;
    const [toAnn, toBob, toEve] = invitations;
    if (!ann || !bob || !eve || !toAnn || !toBob || !toEve) throw new Error("three clients");
    const lost = ann.upload(toAnn).catch(() => "no answer");
    // The same bytes over a second connection, while the round is still open: one question, one summand.
    const annAgain = await RawClient.join(coordinator.url, task, ann.identity);
    const secondTime = annAgain.upload(toAnn);
    await Promise.all([bob.upload(toBob), eve.upload(toEve)]);
    expect(await secondTime).toEqual({ ok: true, modelVersion: 1 });
    expect(await annAgain.upload(toAnn)).toEqual({ ok: true, modelVersion: 1 });
    expect(await annAgain.ready(0, toAnn.updateId)).toMatchObject({ ok: false, reason: "duplicate" });
    expect(await bob.upload({ ...toAnn })).toMatchObject({ ok: false, reason: "late" });
    ann.close();
    await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 10))]);
  });
});

describe("limits", () => {
  it("refuses a client that has taken part as often as the task allows", async () => {
    const task = newTask(privacy({ maximumParticipations: 1 }));
    const coordinator = await start(task);
    const clients = await joinAll(coordinator.url, task, 3);
    await completeRound(clients, 0);
    expect(await clients[0]?.ready(1)).toMatchObject({ ok: false, reason: "participations-spent" });
    const newcomers = await joinAll(coordinator.url, task, 3);
    expect(await completeRound(newcomers, 1)).toEqual(Array(3).fill({ ok: true, modelVersion: 2 }));
  });

  it("refuses a client whose next participation would pass the epsilon that the task allows", async () => {
    const ample = newTask();
    const loose = await start(ample);
    const [a, b, c] = await joinAll(loose.url, ample, 3);
    if (!a || !b || !c) throw new Error("three clients");
    await completeRound([a, b, c], 0);
    const { epsilon } = loose.status().privacy.coordinator;
    const task = newTask(privacy({ maximumEpsilon: 1.05 * epsilon }));
    const coordinator = await start(task);
    const clients = await joinAll(coordinator.url, task, 3);
    await completeRound(clients, 0);
    expect(await clients[0]?.ready(1)).toMatchObject({ ok: false, reason: "budget-spent" });
    expect(coordinator.status().privacy.coordinator.epsilon).toBeLessThanOrEqual(task.privacy.maximumEpsilon);
  });

  it("refuses a task whose budget does not pay for one participation, naming the field", async () => {
    const task = newTask(privacy({ maximumEpsilon: 0.001 }));
    await expect(startCoordinator({ task, port: 0, store })).rejects.toThrow(/privacy\.maximumEpsilon/);
  });

  it("refuses parameters to begin with that are not the network's, or no numbers", async () => {
    const task = newTask();
    const length = parameterCount(networkShape(task));
    const begin = (initialParameters: Float32Array) =>
      startCoordinator({ task, port: 0, store, initialParameters });
    await expect(begin(new Float32Array(length + 1))).rejects.toThrow(/parameters, the network/);
    await expect(begin(new Float32Array(length).fill(Number.NaN))).rejects.toThrow(/no finite number/);
  });
});

describe("a connection that says nothing", () => {
  it.each(["", "GET /healthz HTTP/1.1\r\nHost: "])(
    "does not hold up the end, having sent %j",
    async (sent) => {
      const coordinator = await startCoordinator({ task: newTask(), port: 0, store });
      const { hostname, port } = new URL(coordinator.url);
      const socket = connect(Number(port), hostname);
      const gone = new Promise((resolve) => socket.once("close", resolve));
      await new Promise((resolve) => socket.once("connect", resolve));
      if (sent !== "") await new Promise<void>((resolve) => socket.write(sent, () => resolve()));
      await coordinator.close();
      socket.destroy();
      await gone;
    },
  );
});

describe("connections", () => {
  it("speak for one client each; the newest one wins", async () => {
    const task = newTask();
    const coordinator = await start(task);
    const first = await RawClient.join(coordinator.url, task);
    const gone = new Promise((resolve) => first.socket.once("disconnect", resolve));
    const second = await RawClient.join(coordinator.url, task, first.identity);
    await gone;
    expect(coordinator.status().connected).toBe(1);
    expect(await second.ready(0)).toEqual({ ok: true, queued: true });
    expect(coordinator.status().ready).toBe(1);
    second.close();
    await expect.poll(() => coordinator.status()).toMatchObject({ connected: 0, ready: 0 });
  });

  it("may withdraw an update before it is invited", async () => {
    const task = newTask();
    const coordinator = await start(task);
    const client = await RawClient.join(coordinator.url, task);
    const updateId = freshId();
    await client.ready(0, updateId);
    expect(await client.say("withdraw", { version: 1, updateId })).toEqual({ ok: true, withdrawn: true });
    expect(await client.say("withdraw", { version: 1, updateId })).toEqual({ ok: true, withdrawn: false });
    expect(coordinator.status().ready).toBe(0);
  });

  it("are cut when the coordinator closes, and an open round is abandoned first", async () => {
    const task = newTask();
    const coordinator = await start(task);
    const clients = await joinAll(coordinator.url, task, 3);
    await Promise.all(clients.map((client) => client.ready(0)));
    const [client] = clients;
    if (!client) throw new Error("three clients");
    const answer = client.upload(await client.invitation());
    const gone = new Promise((resolve) => client.socket.once("disconnect", resolve));
    await expect.poll(() => coordinator.status().phase).toBe("collecting");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await coordinator.close();
    expect(await answer).toMatchObject({ ok: false, reason: "abandoned" });
    await gone;
  });
});

describe("a restart", () => {
  it.each([
    ["local", { mode: "local" }],
    ["trusted", { mode: "trusted" }],
    ["trusted, correlated", { mode: "trusted", correlation: { bands: 2, minimumSeparation: 1 } }],
  ] as const)("finds a budget that is spent to the last spent still: %s", async (_, mode) => {
    const generous = newTask(privacy(mode));
    const dimension = parameterCount(networkShape(generous));
    const maximumEpsilon = budgetStatement(generous, dimension, 2).epsilon;
    const task = newTask(privacy({ ...mode, maximumEpsilon }));
    const first = await start(task);
    const clients = await joinAll(first.url, task, 3);
    await completeRound(clients, 0);
    const apart = "correlation" in mode;
    if (apart) {
      expect(await clients[0]?.ready(1)).toMatchObject({ ok: false, reason: "too-soon" });
      await completeRound(await joinAll(first.url, task, 3), 1);
    }
    const head = apart ? 2 : 1;
    await completeRound(clients, head);
    const { releases, coordinator } = first.status().privacy;
    expect([releases.epsilon, coordinator.epsilon]).toContain(maximumEpsilon);
    expect(await clients[0]?.ready(head + 1)).toMatchObject({ ok: false, reason: "budget-spent" });
    await first.close();

    const second = await start(task);
    expect(second.status().privacy).toEqual(first.status().privacy);
    for (const { identity } of clients) {
      const back = await RawClient.join(second.url, task, identity);
      expect(await back.ready(head + 1)).toMatchObject({ ok: false, reason: "budget-spent" });
    }
  });

  it("of the database's connection in a commit gives no second noise: what was committed first is announced", async () => {
    const task = newTask(privacy({ mode: "trusted" }));
    const attempts: RoundCommit[] = [];
    const flaky: Store = {
      identities: store.identities,
      openTask: (opening) => store.openTask(opening),
      latest: (hash) => store.latest(hash),
      version: (hash, version) => store.version(hash, version),
      chain: (hash) => store.chain(hash),
      rounds: (hash) => store.rounds(hash),
      ledger: (hash) => store.ledger(hash),
      participation: (hash, updateId) => store.participation(hash, updateId),
      attendance: (hash) => store.attendance(hash),
      ping: () => store.ping(),
      close: () => store.close(),
      async commitRound(hash, commit) {
        const answer = await store.commitRound(hash, commit);
        if (attempts.push(commit) < 3) throw new Error("the answer was lost");
        return answer;
      },
    };
    const coordinator = await start(task, { store: flaky });
    await completeRound(await joinAll(coordinator.url, task, 3), 0);
    expect(attempts).toHaveLength(3);
    expect(new Set(attempts.map(({ version }) => version.hash)).size).toBe(1);
    expect((await store.latest(hashTask(task))).parameters).toEqual(coordinator.parameters());
  });

  it("goes on from the last version with its momenta, ledger and participations", async () => {
    const aggregation = { optimiser: "fedavgm", momentum: 0.5 } as const;
    const task = newTask({ ...privacy({ maximumParticipations: 2 }), aggregation });
    const data = await folder();
    const uninterrupted = await start(task);
    const steady = await joinAll(uninterrupted.url, task, 3);
    await completeRound(steady, 0);
    await completeRound(steady, 1);

    const own = { store: undefined, data };
    const first = await start(task, own);
    const clients = await joinAll(first.url, task, 3);
    await completeRound(clients, 0);
    await first.close();
    const second = await start(task, own);
    expect(second.status()).toMatchObject({ modelVersion: 1 });
    const back = await Promise.all(clients.map(({ identity }) => RawClient.join(second.url, task, identity)));
    await completeRound(back, 1);
    expect(second.parameters()).toEqual(uninterrupted.parameters());
    expect(second.status().modelHash).toBe(uninterrupted.status().modelHash);
    expect(second.status().privacy).toEqual(uninterrupted.status().privacy);
    expect(await back[0]?.ready(2)).toMatchObject({ ok: false, reason: "participations-spent" });
  });

  it("is refused with another spec under the same name", async () => {
    const task = newTask();
    await (await start(task)).close();
    const changed = { ...task, rounds: 21 };
    await expect(startCoordinator({ task: changed, port: 0, store })).rejects.toThrow(/different spec/);
  });
});

describe("buffered aggregation", () => {
  it("takes updates of earlier versions, as many versions back as the task allows", async () => {
    const task = newTask(cohort({ maximumStaleness: 1 }));
    const coordinator = await start(task);
    const early = await joinAll(coordinator.url, task, 3);
    const late = await joinAll(coordinator.url, task, 3);
    await completeRound(early, 0);
    expect(await completeRound(late, 0)).toEqual(Array(3).fill({ ok: true, modelVersion: 2 }));
    expect(await late[0]?.ready(0)).toMatchObject({ ok: false, reason: "stale" });
  });
});
