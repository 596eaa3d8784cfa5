import { createRecommender, memoryHistoryStore } from "@tacit/client";
import { startCoordinator } from "@tacit/server";
import { parameterBlocks, structuredUpdate, type TaskSpecInput, uploadBytes } from "@tacit/shared";
import { afterEach, describe, expect, it } from "vitest";
import { history, items, smallTask } from "./support/small-population.js";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A federation of four over sockets, masked; every version's parameters, in order. */
async function federate(learning: NonNullable<TaskSpecInput["learning"]>) {
  const task = smallTask({
    model: { embedding: 6, hidden: 6, historyLength: 4 },
    learning: { localSteps: 5, batchSize: 4, candidates: 7, minimumInteractions: 3, ...learning },
  });
  const coordinator = await startCoordinator({ task, port: 0 });
  cleanups.push(() => coordinator.close());
  const versions = [coordinator.parameters()];
  const finished = new Promise<void>((resolve) => {
    coordinator.onRound(({ round }) => {
      versions.push(coordinator.parameters());
      if (round.modelVersion === task.rounds) resolve();
    });
  });
  const clients = [];
  for (const person of [0, 1, 2, 3]) {
    const store = memoryHistoryStore();
    for (const interaction of history(person)) await store.append(interaction);
    const { url } = coordinator;
    const options = { url, task: "small", items, store, consent: true, seed: person, offerPause: 0 };
    const client = createRecommender(options);
    cleanups.push(() => client.close());
    clients.push(client);
  }
  await finished;
  return { task, coordinator, clients, versions };
}

describe("a federation whose updates are restricted", () => {
  it.each([
    { kind: "random-mask", share: 0.25 },
    { kind: "low-rank", rank: 2 },
  ] as const)("moves every version within its own subspace, at fewer bytes: $kind", async (update) => {
    const { task, coordinator, clients, versions } = await federate({ update });
    const { taskHash, bytesPerUpdate, privacy } = coordinator.status();
    expect(versions).toHaveLength(1 + task.rounds);
    const blocks = parameterBlocks(task);
    const whole = versions[0]?.length ?? 0;
    expect(bytesPerUpdate).toBeLessThan(0.6 * uploadBytes(whole, task.privacy.bits));
    for (const [modelVersion, before] of versions.slice(0, -1).entries()) {
      const moved = versions[modelVersion + 1]?.map((value, i) => value - (before[i] ?? 0));
      const space = structuredUpdate({ task, taskHash, modelVersion }, blocks);
      if (!moved || !space) throw new Error("it is restricted");
      expect(Math.hypot(...moved)).toBeGreaterThan(0.01);
      for (const [i, value] of space.spread(space.restrict(moved)).entries()) {
        expect(value).toBeCloseTo(moved[i] ?? Number.NaN, 4);
      }
    }
    for (const client of clients) {
      expect(client.privacy.report().releases).toEqual(privacy.releases);
      expect(client.status().lastProblem).toBeUndefined();
    }
  });
});
