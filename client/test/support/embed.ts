import { referenceEngine } from "@tacit/shared";
import { afterEach } from "vitest";
import { createRecommender } from "../../src/create-recommender.js";
import type { HistoryStore } from "../../src/history/history-store.js";
import { memoryHistoryStore } from "../../src/history/memory-history-store.js";
import type { Recommender } from "../../src/recommender.js";
import type { RecommenderOptions } from "../../src/recommender-options.js";
import { exampleTask, items } from "./example-task.js";
import { ScriptedCoordinator } from "./scripted-coordinator.js";

const open: Recommender[] = [];
afterEach(async () => {
  for (const recommender of open.splice(0)) await recommender.close();
});

export function embed(
  coordinator: ScriptedCoordinator,
  options: Partial<RecommenderOptions> = {},
): Recommender {
  const recommender = createRecommender({
    url: "http://127.0.0.1:1",
    task: "films",
    items,
    transport: coordinator.transport,
    engine: referenceEngine,
    seed: 1,
    offerPause: 0,
    ...options,
  });
  open.push(recommender);
  return recommender;
}

export const coordinate = (changes = {}) => new ScriptedCoordinator(exampleTask(changes));
export const clicks = ["alien", "heat", "amelie"].map(
  (itemId, at) => ({ kind: "click", itemId, at }) as const,
);
export const COHORT = "c".repeat(32);

export async function storeOf(interactions = clicks): Promise<HistoryStore> {
  const store = memoryHistoryStore();
  for (const interaction of interactions) await store.append(interaction);
  return store;
}

export const updateIdOf = (ready: unknown): string =>
  typeof ready === "object" && ready !== null && "updateId" in ready ? String(ready.updateId) : "";
