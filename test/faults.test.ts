import { createRecommender, memoryHistoryStore, type Recommender } from "@tacit/client";
import { startCoordinator } from "@tacit/server";
import { referenceEngine } from "@tacit/shared";
import { afterEach, describe, expect, it } from "vitest";
import { CuttingProxy } from "./support/cutting-proxy.js";
import { history, items, smallTask } from "./support/small-population.js";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const CLIENTS = 5;
const ROUNDS = 3;
const CUTS = 6;

async function enter(url: string, person: number): Promise<Recommender> {
  const store = memoryHistoryStore();
  for (const interaction of history(person)) await store.append(interaction);
  const options = { engine: referenceEngine, consent: true, seed: person, offerPause: 0 };
  const recommender = createRecommender({ url, task: "small", items, store, ...options });
  cleanups.push(() => recommender.close());
  return recommender;
}

const finished = (recommender: Recommender) =>
  new Promise<void>((resolve) => {
    recommender.on("model", (event) => {
      if (event.finished) resolve();
    });
  });

describe("a masked task over a line that is cut again and again", () => {
  it("is learned to its end, and nobody pays twice for one update", async () => {
    const cohort = { size: CLIENTS, minimum: 3, timeoutSeconds: 3 };
    // Rows enough that a masked update goes out in several parts.
    const catalogue = {
      features: [
        { name: "genre", kind: "categorical" as const, values: ["comedy", "drama", "horror", "western"] },
        { name: "length", kind: "text" as const, buckets: 4096 },
      ],
    };
    const model = { embedding: 20, hidden: 4, historyLength: 4 };
    const privacy = { noiseMultiplier: 5, maximumParticipations: 20, maximumEpsilon: 100 };
    const task = smallTask({ cohort, catalogue, model, privacy, rounds: ROUNDS });
    const coordinator = await startCoordinator({ task, port: 0 });
    cleanups.push(() => coordinator.close());
    // A round is some 1.7 MB from the clients: a cut falls into about every third of each.
    const proxy = await CuttingProxy.to(coordinator.url, { times: CUTS, bytes: 600_000 });
    cleanups.push(() => proxy.close());
    const summed: number[] = [];
    coordinator.onRound(({ round }) => summed.push(round.contributors));

    const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, i) => enter(proxy.url, i)));
    const ends = clients.map(finished);
    await Promise.all(ends);

    expect(proxy.cuts).toBe(CUTS);
    expect(coordinator.status()).toMatchObject({ modelVersion: ROUNDS, finished: true });
    expect(Math.min(...summed)).toBeGreaterThanOrEqual(3);
    const charged = clients.map((client) => client.privacy.report().participations);
    // Every update in a sum was paid for, and no client paid for more than one update a version.
    expect(charged.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(summed.reduce((a, b) => a + b));
    for (const count of charged) expect(count).toBeLessThanOrEqual(ROUNDS);
  }, 120_000);
});
