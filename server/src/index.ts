export {
  type Coordinator,
  type CoordinatorOptions,
  type CoordinatorStatus,
  startCoordinator,
} from "./coordinator.js";
export { createLogger, type LogLevel } from "./logger.js";
export { createOptimiser } from "./optimisers/create-optimiser.js";
export type { ServerOptimiser } from "./optimisers/server-optimiser.js";
export { readTaskFile } from "./read-task-file.js";
export type { CommittedRound } from "./rounds/round-driver.js";
export { openFolderStore, openMemoryStore, openPostgresStore } from "./store/open-store.js";
export type { LedgerEntry, RoundRecord, Store } from "./store/store.js";
export { TaskRefusedError } from "./task-refused-error.js";
