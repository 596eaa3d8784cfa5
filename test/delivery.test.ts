import { createRecommender, memoryHistoryStore, networkTransport, type Transport } from "@tacit/client";
import { startCoordinator } from "@tacit/server";
import type { Encoding } from "@tacit/shared";
import { afterEach, describe, expect, it } from "vitest";
import { history, items, smallTask } from "./support/small-population.js";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Masked, with a clip that moves. */
const taskOf = (encoding: Encoding) =>
  smallTask({ privacy: { noiseMultiplier: 5, adaptiveClip: {} }, delivery: { encoding, deltas: true } });

/** What was asked for, and a way to spoil what comes. */
function listening(
  url: string,
  spoil: (packet: Uint8Array) => void,
): { asked: (number | undefined)[]; transport: Transport } {
  const asked: (number | undefined)[] = [];
  const transport = networkTransport(url);
  return {
    asked,
    transport: {
      ...transport,
      connect: (listener) => transport.connect(listener),
      async fetchModel(task, modelVersion, from) {
        asked.push(from);
        const fetched = await transport.fetchModel(task, modelVersion, from);
        if (from !== undefined) spoil(fetched.packet);
        return fetched;
      },
    },
  };
}

describe("versions that come encoded, and as differences", () => {
  it.each([
    ["float32", "sound"],
    ["float16", "sound"],
    ["int8", "sound"],
    ["int8", "spoilt"],
    ["int8", "refused"],
  ] as const)("%s, %s: a federation goes on from the versions that were announced", async (encoding, way) => {
    const coordinator = await startCoordinator({ task: taskOf(encoding), port: 0 });
    cleanups.push(() => coordinator.close());
    const spoil = (packet: Uint8Array) => {
      if (way === "refused") throw new Error("a proxy that answers no queries");
      const last = packet.length - 9;
      if (way === "spoilt") packet[last] = (packet[last] ?? 0) ^ 1;
    };
    const people = await Promise.all(
      [0, 1, 2, 3].map(async (person) => {
        const store = memoryHistoryStore();
        for (const interaction of history(person)) await store.append(interaction);
        const { transport, asked } = listening(coordinator.url, spoil);
        const recommender = createRecommender({
          url: coordinator.url,
          transport,
          task: "small",
          items,
          store,
          consent: true,
          seed: person,
          offerPause: 0,
        });
        cleanups.push(() => recommender.close());
        const finished = new Promise<void>((resolve) => {
          recommender.on("model", (event) => event.finished && resolve());
        });
        return { recommender, asked, finished };
      }),
    );
    await Promise.all(people.map(({ finished }) => finished));
    expect(coordinator.status()).toMatchObject({ modelVersion: 3, finished: true });
    for (const { recommender, asked } of people) {
      expect(recommender.status()).toMatchObject({ modelVersion: 3, lastProblem: undefined });
      expect(asked).toEqual(
        way === "sound" ? [undefined, 0, 1, 2] : [undefined, 0, undefined, 1, undefined, 2, undefined],
      );
    }
  });
});

it("a model that is not encoded as its task says is refused, and not asked for again and again", async () => {
  const coordinator = await startCoordinator({ task: taskOf("int8"), port: 0 });
  cleanups.push(() => coordinator.close());
  const transport = networkTransport(coordinator.url);
  const recommender = createRecommender({
    url: coordinator.url,
    transport: {
      fetchTask: (task) => transport.fetchTask(task),
      connect: (listener) => transport.connect(listener),
      fetchModel: async () => ({ packet: new Uint8Array(10), previousHash: "0".repeat(64) }),
    },
    task: "small",
    items,
  });
  cleanups.push(() => recommender.close());
  expect(await recommender.ready).toMatchObject({ ok: false, reason: "task-refused" });
  expect(recommender.status().phase).toBe("refused");
});
