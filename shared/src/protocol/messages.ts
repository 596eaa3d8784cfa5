import * as v from "valibot";
import { SECAGG_REASONS } from "../secagg/refusal.js";
import { finite, wholeWithin } from "../task/numbers.js";
import { schemaProblem } from "../task/schema-problem.js";
import { REFUSAL_REASONS, type Refusal, refuse } from "./refusal.js";

/** Raised whenever an older peer could misread a message. */
export const PROTOCOL_VERSION = 1;

const version = v.literal(PROTOCOL_VERSION);
const hex = (bytes: number) =>
  v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), `${2 * bytes} hex digits`));
const identifier = hex(16);
const hash = hex(32);
const modelVersion = wholeWithin(0, 4_294_967_295);
const wholeFrom = (minimum: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(minimum));
const taskName = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** Longest credential, in characters. */
const MOST_CREDENTIAL = 8192;

/** Coordinator → client, first of all: what this connection's check-in signs. */
export const helloSchema = v.strictObject({ version, nonce: hash });
/** Client → coordinator: who I am (a pseudonym), the proof of it, and the task as I hashed it. */
export const checkInSchema = v.strictObject({
  version,
  task: taskName,
  taskHash: hash,
  clientId: identifier,
  identityKey: hex(32),
  signature: hex(64),
  /** An invite, or a signed token of the host's backend; for who is not enrolled yet. */
  credential: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_CREDENTIAL))),
});
/** Client → coordinator: I hold a sealed update trained from this model version. */
export const readySchema = v.strictObject({ version, taskHash: hash, modelVersion, updateId: identifier });
/** Client → coordinator: forget that I was ready. */
export const withdrawSchema = v.strictObject({ version, updateId: identifier });

/** Coordinator → client: you are in a cohort, upload this update now. */
export const cohortSchema = v.strictObject({
  version,
  cohortId: identifier,
  updateId: identifier,
  modelVersion,
  size: wholeFrom(1),
  deadlineSeconds: v.pipe(finite, v.gtValue(0)),
});
/** Coordinator → client: the cohort gave no sum; keep the update for another. */
export const cohortAbandonedSchema = v.strictObject({ version, cohortId: identifier, reason: v.string() });
/** Coordinator → client: the masked update that this cohort summed is a part of this version, which is committed. */
export const cohortCommittedSchema = v.strictObject({
  version,
  cohortId: identifier,
  updateId: identifier,
  modelVersion,
});
/** Coordinator → client: this version is committed and can be fetched. */
export const modelSchema = v.strictObject({
  version,
  task: taskName,
  modelVersion,
  modelHash: hash,
  finished: v.boolean(),
});

export const checkInReplySchema = v.strictObject({
  ok: v.literal(true),
  modelVersion,
  modelHash: hash,
  finished: v.boolean(),
});
export const readyReplySchema = v.strictObject({ ok: v.literal(true), queued: v.literal(true) });
export const withdrawReplySchema = v.strictObject({ ok: v.literal(true), withdrawn: v.boolean() });
/** A message of secure aggregation counted, or the rule that it broke. */
export const aggregationReplySchema = v.variant("ok", [
  v.strictObject({ ok: v.literal(true) }),
  v.strictObject({
    ok: v.literal(false),
    reason: v.picklist(SECAGG_REASONS),
    message: v.string(),
    client: v.optional(identifier),
  }),
]);
/** All up to this byte has arrived: go on from here. */
export const chunkReplySchema = v.strictObject({
  ok: v.literal(true),
  received: wholeFrom(0),
});
/** The version that this update became a part of; sent only after that version is committed. */
export const uploadReplySchema = v.strictObject({ ok: v.literal(true), modelVersion });

const refusalSchema = v.strictObject({
  ok: v.literal(false),
  reason: v.picklist(REFUSAL_REASONS),
  message: v.string(),
  field: v.optional(v.string()),
});

export type CheckIn = v.InferOutput<typeof checkInSchema>;
export type Ready = v.InferOutput<typeof readySchema>;
export type Withdraw = v.InferOutput<typeof withdrawSchema>;
export type CohortInvitation = v.InferOutput<typeof cohortSchema>;
export type CohortAbandoned = v.InferOutput<typeof cohortAbandonedSchema>;
export type ChunkReply = v.InferOutput<typeof chunkReplySchema>;
export type CohortCommitted = v.InferOutput<typeof cohortCommittedSchema>;
export type ModelAnnouncement = v.InferOutput<typeof modelSchema>;
export type CheckInReply = v.InferOutput<typeof checkInReplySchema>;
export type ReadyReply = v.InferOutput<typeof readyReplySchema>;
export type WithdrawReply = v.InferOutput<typeof withdrawReplySchema>;
export type UploadReply = v.InferOutput<typeof uploadReplySchema>;

/** `GET /v1/tasks/:task`. The spec is validated by `parseTask`, not here. */
export const taskDocumentSchema = v.strictObject({
  version,
  task: v.unknown(),
  taskHash: hash,
  modelVersion,
  modelHash: hash,
  finished: v.boolean(),
  rounds: v.strictObject({
    completed: v.pipe(v.number(), v.safeInteger()),
    total: v.pipe(v.number(), v.safeInteger()),
  }),
});
export type TaskDocument = v.InferOutput<typeof taskDocumentSchema>;

/** Reads one JSON message; a refusal names the first field that is wrong. */
export function parseMessage<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): { ok: true; message: v.InferOutput<Schema> } | Refusal {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return { ok: true, message: parsed.output };
  const { field, message } = schemaProblem(parsed.issues[0], "message");
  const reason = field === "version" ? "unsupported-version" : "malformed";
  return refuse(reason, `${field}: ${message}`, field);
}

/** Reads an acknowledgement: the reply of that message, or the coordinator's refusal. */
export function parseReply<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): { ok: true; message: v.InferOutput<Schema> } | Refusal {
  const refusal = v.safeParse(refusalSchema, input);
  return refusal.success ? refusal.output : parseMessage(schema, input);
}
