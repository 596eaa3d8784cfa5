export { createRecommender } from "./create-recommender.js";
export { createDefaultEngine } from "./default-engine.js";
export type { ConsentStatus } from "./device/consent.js";
export type { ExplainOptions, Explanation } from "./explaining/explanation.js";
export { type HistoryStore, RECORD_NAMES, type RecordName } from "./history/history-store.js";
export { memoryHistoryStore } from "./history/memory-history-store.js";
export type { Ledger, LedgerEntry } from "./ledger/ledger.js";
export { type ClientLimits, DEFAULT_LIMITS, type LimitReason } from "./ledger/limits.js";
export type { PrivacyReport } from "./ledger/privacy-report.js";
export { expectationsOf } from "./participation/expectations.js";
export type {
  ExportedData,
  Readiness,
  Recommendation,
  RecommendedItem,
  Recommender,
  RecommenderStatus,
  RecommendOptions,
  Tracked,
  TrackedInteraction,
} from "./recommender.js";
export type { RecommenderEvents, RefusedReason } from "./recommender-events.js";
export type { Credential, RecommenderOptions } from "./recommender-options.js";
export type { Refused } from "./refused.js";
export type { TrainingOutcome } from "./training/trainer.js";
export { networkTransport } from "./transport/network-transport.js";
export type { Connection, ConnectionListener, FetchedModel, Transport } from "./transport/transport.js";
