export {
  type CheckIn,
  type CheckInReply,
  type CohortAbandoned,
  type CohortInvitation,
  checkInReplySchema,
  checkInSchema,
  cohortAbandonedSchema,
  cohortSchema,
  type ModelAnnouncement,
  modelSchema,
  PROTOCOL_VERSION,
  parseMessage,
  parseReply,
  type Ready,
  type ReadyReply,
  readyReplySchema,
  readySchema,
  type TaskDocument,
  taskDocumentSchema,
  type UploadReply,
  uploadReplySchema,
  type Withdraw,
  type WithdrawReply,
  withdrawReplySchema,
  withdrawSchema,
} from "./protocol/messages.js";
export {
  CHAIN_START,
  decodeModel,
  encodeModel,
  type ModelPacket,
  modelHash,
} from "./protocol/model-packet.js";
export { PACKET_HEADER_BYTES } from "./protocol/packet.js";
export { type Refusal, type RefusalReason, refuse } from "./protocol/refusal.js";
export { decodeUpload, encodeUpload, type UploadPacket, uploadBytes } from "./protocol/upload-packet.js";
export { type ByteSource, platformBytes, randomHex } from "./random/byte-source.js";
export { platformRandom, type Random, seededRandom } from "./random/random.js";
export type { FeatureSpec } from "./task/feature-spec.js";
export { INTERACTION_KINDS, type InteractionKind } from "./task/interaction-kind.js";
export { type ParsedTask, parseTask, type TaskProblem } from "./task/parse-task.js";
export { canonicalJson, taskHash } from "./task/task-hash.js";
export type { TaskSpec, TaskSpecInput } from "./task/task-spec.js";
