export { type ByteSource, platformBytes, randomHex } from "./random/byte-source.js";
export { platformRandom, type Random, seededRandom } from "./random/random.js";
export type { FeatureSpec } from "./task/feature-spec.js";
export { INTERACTION_KINDS, type InteractionKind } from "./task/interaction-kind.js";
export { type ParsedTask, parseTask, type TaskProblem } from "./task/parse-task.js";
export { canonicalJson, taskHash } from "./task/task-hash.js";
export type { TaskSpec, TaskSpecInput } from "./task/task-spec.js";
