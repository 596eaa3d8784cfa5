import { createRecommender, type HistoryStore, type Recommender } from "@tacit/client";
import { indexedDbHistoryStore } from "@tacit/client/browser";
import { createKernelEngine, referenceEngine } from "@tacit/shared";
import { openDB } from "idb";
import { exampleTask, items } from "../../../client/test/support/example-task.js";
import { ScriptedCoordinator } from "../../../client/test/support/scripted-coordinator.js";
import { trainedBy } from "./trained-by.js";

const stores: HistoryStore[] = [];

/** What the tests do inside of the page. */
const pageApi = {
  /** Opens a store and returns its number. */
  open: (name: string): number => stores.push(indexedDbHistoryStore({ name })) - 1,

  store(number: number): HistoryStore {
    const store = stores[number];
    if (!store) throw new Error(`no store ${number}`);
    return store;
  },

  /** The name of whatever a promise rejects with. */
  rejection: (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => "nothing",
      (error: unknown) => (error instanceof Error ? error.name : String(error)),
    ),

  /** Every value of the database as it lies there, by object store. */
  async rawContent(name: string): Promise<Record<string, unknown[]>> {
    const database = await openDB(name);
    const stores = [...database.objectStoreNames];
    const content = await Promise.all(
      stores.map(async (store) => [store, await database.getAll(store)] as const),
    );
    database.close();
    return Object.fromEntries(content);
  },

  /** Damages the first value of an object store. */
  async overwrite(name: string, store: string, value: unknown): Promise<void> {
    const database = await openDB(name);
    const cursor = await database.transaction(store, "readwrite").store.openCursor();
    await cursor?.update(value);
    database.close();
  },

  coordinator: new ScriptedCoordinator(exampleTask()),

  /** The SDK on a store, against the page's own coordinator, which answers no upload. */
  embed: (name: string): Recommender =>
    createRecommender({
      url: location.origin,
      task: "films",
      items,
      store: indexedDbHistoryStore({ name }),
      transport: pageApi.coordinator.transport,
      consent: true,
    }),

  /** Ten steps of one training on the kernel and on the reference engine: how far apart the parameters are in the end. */
  async kernelDifference(): Promise<number> {
    const kernel = await createKernelEngine();
    if (!kernel) throw new Error("no kernel here");
    const [own, reference] = [kernel, referenceEngine].map(trainedBy);
    return Math.max(...(own ?? []).map((value, i) => Math.abs(value - (reference?.[i] ?? Number.NaN))));
  },
};

declare global {
  var tacit: typeof pageApi;
}
globalThis.tacit = pageApi;
