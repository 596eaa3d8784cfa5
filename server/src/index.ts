export {
  type Coordinator,
  type CoordinatorOptions,
  type CoordinatorStatus,
  startCoordinator,
} from "./coordinator.js";
export { createLogger, type LogLevel } from "./logger.js";
export { readTaskFile } from "./read-task-file.js";
export type { CommittedRound } from "./rounds/round-driver.js";
export type { LedgerEntry, RoundRecord } from "./store/store.js";
export { TaskRefusedError } from "./task-refused-error.js";
