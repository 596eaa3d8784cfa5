import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClientLimits, createRecommender, memoryHistoryStore, type Recommender } from "@tacit/client";
import { type Coordinator, openMemoryStore, type Store, startCoordinator } from "@tacit/server";
import { afterEach, describe, expect, it } from "vitest";
import { history, items, smallTask } from "./support/small-population.js";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(task = smallTask(), port = 0, data?: string): Promise<Coordinator> {
  const coordinator = await startCoordinator({ task, port, data });
  cleanups.push(() => coordinator.close());
  return coordinator;
}

async function enter(url: string, person: number, limits: Partial<ClientLimits> = {}): Promise<Recommender> {
  const store = memoryHistoryStore();
  for (const interaction of history(person)) await store.append(interaction);
  const recommender = createRecommender({
    url,
    task: "small",
    items,
    store,
    consent: true,
    limits,
    seed: person,
    offerPause: 0,
  });
  cleanups.push(() => recommender.close());
  return recommender;
}

/** How often a coordinator tries to commit one round. */
const COMMIT_ATTEMPTS = 5;

const finished = (recommender: Recommender) =>
  new Promise<void>((resolve) => {
    recommender.on("model", (event) => {
      if (event.finished) resolve();
    });
  });

describe("the whole loop", () => {
  it("turns private histories into new model versions that every client receives", async () => {
    const coordinator = await start();
    const before = coordinator.parameters();
    const clients = await Promise.all([0, 1, 2, 3].map((person) => enter(coordinator.url, person)));
    await Promise.all(clients.map(finished));
    expect(coordinator.status()).toMatchObject({ modelVersion: 3, finished: true });
    expect(coordinator.parameters()).not.toEqual(before);
    for (const client of clients) {
      expect(client.status()).toMatchObject({ modelVersion: 3, finished: true, participations: 3 });
      expect(client.privacy.report().releases).toEqual(coordinator.status().privacy.releases);
      expect(client.privacy.report().coordinator).toEqual(coordinator.status().privacy.coordinator);
    }
    const [client] = clients;
    const recommendation = await client?.recommend({ count: 3 });
    expect(recommendation).toMatchObject({ modelVersion: 3 });
    expect(recommendation?.items).toHaveLength(3);
  });

  it("goes on after a sum that was opened could not be committed: nobody's update enters another, all train anew", async () => {
    const task = smallTask({ rounds: 2 });
    const store = await openMemoryStore();
    cleanups.push(() => store.close());
    let failures = 0;
    const failing: Store = new Proxy(store, {
      get(target, name) {
        if (name === "commitRound" && failures < COMMIT_ATTEMPTS) {
          failures++;
          return () => Promise.reject(new Error("the database is away"));
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const coordinator = await startCoordinator({ task, port: 0, store: failing });
    cleanups.push(() => coordinator.close());
    const clients = await Promise.all([0, 1, 2, 3].map((person) => enter(coordinator.url, person)));
    await Promise.all(clients.map(finished));
    expect(failures).toBe(COMMIT_ATTEMPTS);
    expect(coordinator.status()).toMatchObject({ modelVersion: 2, finished: true });
    // The lost round's update was paid for, and so was the one that took its place.
    for (const client of clients) expect(client.privacy.report().participations).toBe(3);
  });

  it("goes on by itself after the coordinator has been away, on both sides", async () => {
    const data = await mkdtemp(join(tmpdir(), "tacit-federation-"));
    cleanups.push(() => rm(data, { recursive: true }));
    const task = smallTask({ rounds: 4 });
    const first = await start(task, 0, data);
    const port = Number(new URL(first.url).port);
    const clients = await Promise.all([0, 1, 2, 3].map((person) => enter(first.url, person)));
    const ends = clients.map(finished);
    await new Promise<void>((resolve) => first.onRound(({ round }) => round.modelVersion === 2 && resolve()));
    await first.close();
    const recommended = await clients[0]?.recommend({ count: 2 });
    expect(recommended?.items).toHaveLength(2);

    const second = await start(task, port, data);
    await Promise.all(ends);
    expect(second.status()).toMatchObject({ modelVersion: 4, finished: true });
    for (const client of clients) expect(client.status().participations).toBe(4);
  });

  it("lets late updates into a later version where the task allows it", async () => {
    const cohort = { size: 3, minimum: 3, maximumStaleness: 2, timeoutSeconds: 5 };
    const task = smallTask({ cohort, privacy: { noiseMultiplier: 5, maximumParticipations: 6 }, rounds: 4 });
    const coordinator = await start(task);
    const clients = await Promise.all([0, 1, 2, 3, 4].map((person) => enter(coordinator.url, person)));
    await Promise.all(clients.map(finished));
    expect(coordinator.status()).toMatchObject({ modelVersion: 4, finished: true });
    const participations = clients.map((client) => client.status().participations);
    expect(participations.reduce((a, b) => a + b)).toBe(4 * 3);
  });

  it("sends nothing of a client that refuses the task's noise, and lets it recommend", async () => {
    const coordinator = await start(smallTask({ privacy: { noiseMultiplier: 5 } }));
    const client = await enter(coordinator.url, 0, { noiseMultiplier: 6 });
    const refused = new Promise((resolve) => client.on("refused", resolve));
    expect(await client.train()).toMatchObject({ ok: false, reason: "limit-reached" });
    expect(await refused).toMatchObject({ reason: "noise-too-small" });
    expect((await client.recommend()).items).toHaveLength(10);
    expect(coordinator.status().ready).toBe(0);
  });
});
