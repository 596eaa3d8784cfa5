export {
  type Coordinator,
  type CoordinatorOptions,
  type CoordinatorStatus,
  startCoordinator,
} from "./coordinator.js";
export type { Enrolment } from "./identity/enrolment.js";
export { inviteEnrolment } from "./identity/invite-enrolment.js";
export { createInvite } from "./identity/invite-token.js";
export { type JwtEnrolmentOptions, jwtEnrolment } from "./identity/jwt-enrolment.js";
export { readJwtKeys } from "./identity/jwt-keys.js";
export { openEnrolment } from "./identity/open-enrolment.js";
export { createLogger, type LogLevel } from "./logger.js";
export { createOptimiser } from "./optimisers/create-optimiser.js";
export type { ServerOptimiser } from "./optimisers/server-optimiser.js";
export { readTaskFile } from "./read-task-file.js";
export { combineSums } from "./robust/combine-sums.js";
export type { VisibleSum } from "./robust/norm-bound.js";
export { firstVersion } from "./rounds/first-version.js";
export { type Aggregation, type NextVersion, nextVersion } from "./rounds/next-version.js";
export { type ParticipationLimit, participationLimit } from "./rounds/participation-limit.js";
export type { CommittedRound } from "./rounds/round-driver.js";
export { splitCohort } from "./rounds/split-cohort.js";
export { type ToldMetrics, toldMetrics } from "./rounds/told-metrics.js";

export type {
  ClientKey,
  EnrolledClient,
  EnrolmentMode,
  IdentityStore,
  Invite,
} from "./store/identity-store.js";

export { openFolderStore, openMemoryStore, openPostgresStore } from "./store/open-store.js";
export type { LedgerEntry, ModelVersion, RoundRecord, Store } from "./store/store.js";
export { TaskRefusedError } from "./task-refused-error.js";
