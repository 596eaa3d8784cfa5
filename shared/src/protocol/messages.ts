import * as z from "zod/mini";
import { SECAGG_REASONS } from "../secagg/refusal.js";
import { REFUSAL_REASONS, type Refusal, refuse } from "./refusal.js";

/** Raised whenever an older peer could misread a message. */
export const PROTOCOL_VERSION = 1;

const version = z.literal(PROTOCOL_VERSION);
const hex = (bytes: number) =>
  z.string().check(z.regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), `${2 * bytes} hex digits`));
const identifier = hex(16);
const hash = hex(32);
const modelVersion = z.int().check(z.minimum(0), z.maximum(4_294_967_295));
const taskName = z.string().check(z.minLength(1), z.maxLength(64));

/** Longest credential, in characters. */
const MOST_CREDENTIAL = 8192;

/** Coordinator → client, first of all: what this connection's check-in signs. */
export const helloSchema = z.strictObject({ version, nonce: hash });
/** Client → coordinator: who I am (a pseudonym), the proof of it, and the task as I hashed it. */
export const checkInSchema = z.strictObject({
  version,
  task: taskName,
  taskHash: hash,
  clientId: identifier,
  identityKey: hex(32),
  signature: hex(64),
  /** An invite, or a signed token of the host's backend; for who is not enrolled yet. */
  credential: z.optional(z.string().check(z.minLength(1), z.maxLength(MOST_CREDENTIAL))),
});
/** Client → coordinator: I hold a sealed update trained from this model version. */
export const readySchema = z.strictObject({ version, taskHash: hash, modelVersion, updateId: identifier });
/** Client → coordinator: forget that I was ready. */
export const withdrawSchema = z.strictObject({ version, updateId: identifier });

/** Coordinator → client: you are in a cohort, upload this update now. */
export const cohortSchema = z.strictObject({
  version,
  cohortId: identifier,
  updateId: identifier,
  modelVersion,
  size: z.int().check(z.minimum(1)),
  deadlineSeconds: z.number().check(z.positive()),
});
/** Coordinator → client: the cohort gave no sum; keep the update for another. */
export const cohortAbandonedSchema = z.strictObject({ version, cohortId: identifier, reason: z.string() });
/** Coordinator → client: the masked update that this cohort summed is a part of this version, which is committed. */
export const cohortCommittedSchema = z.strictObject({
  version,
  cohortId: identifier,
  updateId: identifier,
  modelVersion,
});
/** Coordinator → client: this version is committed and can be fetched. */
export const modelSchema = z.strictObject({
  version,
  task: taskName,
  modelVersion,
  modelHash: hash,
  finished: z.boolean(),
});

export const checkInReplySchema = z.strictObject({
  ok: z.literal(true),
  modelVersion,
  modelHash: hash,
  finished: z.boolean(),
});
export const readyReplySchema = z.strictObject({ ok: z.literal(true), queued: z.literal(true) });
export const withdrawReplySchema = z.strictObject({ ok: z.literal(true), withdrawn: z.boolean() });
/** A message of secure aggregation counted, or the rule that it broke. */
export const aggregationReplySchema = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({
    ok: z.literal(false),
    reason: z.enum(SECAGG_REASONS),
    message: z.string(),
    client: z.optional(identifier),
  }),
]);
/** All up to this byte has arrived: go on from here. */
export const chunkReplySchema = z.strictObject({
  ok: z.literal(true),
  received: z.int().check(z.minimum(0)),
});
/** The version that this update became a part of; sent only after that version is committed. */
export const uploadReplySchema = z.strictObject({ ok: z.literal(true), modelVersion });

const refusalSchema = z.strictObject({
  ok: z.literal(false),
  reason: z.enum(REFUSAL_REASONS),
  message: z.string(),
  field: z.optional(z.string()),
});

export type CheckIn = z.infer<typeof checkInSchema>;
export type Ready = z.infer<typeof readySchema>;
export type Withdraw = z.infer<typeof withdrawSchema>;
export type CohortInvitation = z.infer<typeof cohortSchema>;
export type CohortAbandoned = z.infer<typeof cohortAbandonedSchema>;
export type ChunkReply = z.infer<typeof chunkReplySchema>;
export type CohortCommitted = z.infer<typeof cohortCommittedSchema>;
export type ModelAnnouncement = z.infer<typeof modelSchema>;
export type CheckInReply = z.infer<typeof checkInReplySchema>;
export type ReadyReply = z.infer<typeof readyReplySchema>;
export type WithdrawReply = z.infer<typeof withdrawReplySchema>;
export type UploadReply = z.infer<typeof uploadReplySchema>;

/** `GET /v1/tasks/:task`. The spec is validated by `parseTask`, not here. */
export const taskDocumentSchema = z.strictObject({
  version,
  task: z.unknown(),
  taskHash: hash,
  modelVersion,
  modelHash: hash,
  finished: z.boolean(),
  rounds: z.strictObject({ completed: z.int(), total: z.int() }),
});
export type TaskDocument = z.infer<typeof taskDocumentSchema>;

/** Reads one JSON message; a refusal names the first field that is wrong. */
export function parseMessage<Schema extends z.ZodMiniType>(
  schema: Schema,
  input: unknown,
): { ok: true; message: z.output<Schema> } | Refusal {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, message: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join(".") || "message";
  const reason = field === "version" ? "unsupported-version" : "malformed";
  return refuse(reason, `${field}: ${issue?.message ?? "invalid"}`, field);
}

/** Reads an acknowledgement: the reply of that message, or the coordinator's refusal. */
export function parseReply<Schema extends z.ZodMiniType>(
  schema: Schema,
  input: unknown,
): { ok: true; message: z.output<Schema> } | Refusal {
  const refusal = refusalSchema.safeParse(input);
  return refusal.success ? refusal.data : parseMessage(schema, input);
}
