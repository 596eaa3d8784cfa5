import type { RefusalReason, SecaggReason } from "@tacit/shared";
import type { LimitReason } from "./ledger/limits.js";

export type RefusedReason = RefusalReason | LimitReason | SecaggReason;

/** What `on` can listen to. No event holds an interaction. */
export interface RecommenderEvents {
  /** A newer model is on the device. */
  model: { readonly modelVersion: number; readonly finished: boolean };
  trained: { readonly modelVersion: number; readonly steps: number; readonly loss: number };
  /** The update became a part of `modelVersion`. */
  participated: { readonly modelVersion: number; readonly bytes: number };
  /** The coordinator, or this client's own limits, refused to go on with an update. */
  refused: { readonly reason: RefusedReason; readonly message: string };
  connection: { readonly connected: boolean };
  /** Something went wrong; the recommender goes on as well as it can. */
  problem: { readonly message: string };
}
