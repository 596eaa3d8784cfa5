import type { Engine, Item, Primitives, Relation } from "@tacit/shared";
import type { HistoryStore } from "./history/history-store.js";
import type { ClientLimits } from "./ledger/limits.js";
import type { Transport } from "./transport/transport.js";

/** What the host has for the coordinator: an invite or its backend's signed token, or how to get one. */
export type Credential = string | (() => Promise<string>);

export interface RecommenderOptions {
  /** The coordinator, `http://…` or `https://…`. */
  readonly url: string;
  /** The task's name. */
  readonly task: string;
  /** What can be recommended. Recommenders that are given the very same array share one encoded catalogue. */
  readonly items: readonly Item[];
  /** Public facts that link items, for tasks whose item encoder follows them; others pass them over. */
  readonly relations?: readonly Relation[];
  /**
   * An invite, or a token that the host's own backend has signed (at most 8,192 characters). Sent only when the
   * coordinator does not know this device yet; a callback is asked then, and again after it failed.
   */
  readonly credential?: Credential;
  /**
   * Where the history is kept; in memory when left out. `@tacit/client/node` has encrypted files,
   * `@tacit/client/browser` an encrypted IndexedDB.
   */
  readonly store?: HistoryStore;
  /** Granted or denied from the start; otherwise what the store remembers, and nothing is recorded until `grant`. */
  readonly consent?: boolean;
  /** Trains by itself from every new model version; true when left out. */
  readonly automatic?: boolean;
  /**
   * Longest pause, in milliseconds, between training and the offer of its update, which hides how long sealing took;
   * each is drawn between half of it and all of it. 2,000 when left out; 0 is for simulations and tests.
   */
  readonly offerPause?: number;
  /** This client's own limits; it refuses what would exceed them, whatever the coordinator says. */
  readonly limits?: Partial<ClientLimits>;
  /**
   * What computes the networks; when left out WebAssembly, or plain TypeScript where a page forbids that. Tasks with a
   * model of their own need one of TensorFlow.js, from `@tacit/client/tfjs`.
   */
  readonly engine?: Engine;
  /** Seeds training and exploration, for simulations and tests. Noise and identifiers never depend on it. */
  readonly seed?: number;
  /** The cryptography of secure aggregation; the platform's own where it has it, JavaScript otherwise, when left out. */
  readonly primitives?: Primitives;
  /** How the coordinator is reached; fetch and Socket.IO when left out. */
  readonly transport?: Transport;
}
