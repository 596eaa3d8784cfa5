import { createRecommender, memoryHistoryStore, type Recommender } from "@tacit/client";
import type { Engine, Item, Primitives, TaskSpec } from "@tacit/shared";
import type { SimulatedClient } from "./messages.js";

interface Embedding {
  /** The coordinator. */
  readonly url: string;
  readonly task: TaskSpec;
  /** One array for all clients of a process: they share what is encoded of it. */
  readonly items: readonly Item[];
  readonly engine: Engine;
  readonly primitives: Primitives;
  /** An invite or a token, for coordinators that do not let everybody in. */
  readonly credential?: string | undefined;
}

/** The real SDK with its default transport, exactly as an app would embed it. */
export async function embedClient(
  { url, task, items, engine, primitives, credential }: Embedding,
  { history, seed }: SimulatedClient,
): Promise<Recommender> {
  const store = memoryHistoryStore();
  for (const interaction of history) await store.append(interaction);
  return createRecommender({
    url,
    task: task.name,
    items,
    store,
    engine,
    primitives,
    seed,
    ...(credential !== undefined && { credential }),
    consent: true,
    // Nobody listens to when a simulated client is ready.
    offerPause: 0,
    // The task of a simulation says what is allowed; its price is what the report is about.
    limits: {
      releasesEpsilon: task.privacy.maximumEpsilon,
      lifetimeEpsilon: Number.POSITIVE_INFINITY,
      participations: task.privacy.maximumParticipations,
      trustCoordinator: task.privacy.mode === "trusted",
      noiseMultiplier: 0,
      cohort: 2,
    },
  });
}
