import { bytesToHex } from "@noble/hashes/utils.js";
import { type Bytes, bytesOfHex } from "../crypto/bytes.js";
import { refuseSecagg, type SecaggRefusal } from "../refusal.js";
import { bytes, type Codec, decode, encode, oneOf, struct, u8, u32 } from "./codec.js";
import { ID_BYTES } from "./messages.js";

const SECAGG_VERSION = 1;
/** "TSA1", little-endian. */
const MAGIC = 0x31415354;

/** In the order of their numbers on the wire. */
export const MESSAGE_KINDS = [
  "invitation",
  "advertisement",
  "roster",
  "shares",
  "inbox",
  "masked-input",
  "survivors",
  "consistency",
  "unmask-request",
  "unmasking",
  "abandon",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Magic · u8 version · u8 kind · 16 bytes cohort id; the body follows. */
const headerCodec = struct({
  magic: u32,
  version: u8,
  kind: oneOf(MESSAGE_KINDS),
  cohortId: bytes(ID_BYTES),
});
export const SECAGG_HEADER_BYTES = 22;

/** @param cohortId 32 hex digits. */
export function pack<Body>(kind: MessageKind, cohortId: string, codec: Codec<Body>, body: Body): Bytes {
  const header = {
    magic: MAGIC,
    version: SECAGG_VERSION,
    kind,
    cohortId: bytesOfHex(cohortId),
  };
  return encode(struct({ header: headerCodec, body: codec }), { header, body });
}

/** A message whose header was checked and whose body is still to be read. */
export interface Envelope {
  readonly ok: true;
  readonly kind: MessageKind;
  /** 32 hex digits. */
  readonly cohortId: string;
  readonly body: Uint8Array;
}

/** Reads the header of anything that arrives. Never throws. */
export function openEnvelope(input: unknown): Envelope | SecaggRefusal {
  const message = input instanceof ArrayBuffer ? new Uint8Array(input) : input;
  if (!(message instanceof Uint8Array)) return refuseSecagg("malformed", "expected bytes");
  const header = decode(headerCodec, message.subarray(0, SECAGG_HEADER_BYTES));
  if (header?.magic !== MAGIC) return refuseSecagg("malformed", "not a message of secure aggregation");
  if (header.version !== SECAGG_VERSION) {
    return refuseSecagg("unsupported-version", `version ${header.version}, expected ${SECAGG_VERSION}`);
  }
  return {
    ok: true,
    kind: header.kind,
    cohortId: bytesToHex(header.cohortId),
    body: message.subarray(SECAGG_HEADER_BYTES),
  };
}

/**
 * The body of a kind of message that is `length` bytes and nothing else: a view of what arrived, for who uses it at once.
 */
export function readBytes(
  envelope: Envelope,
  kind: MessageKind,
  length: number,
): { readonly ok: true; readonly bytes: Uint8Array } | SecaggRefusal {
  if (envelope.kind !== kind) return wrongKind(envelope, kind);
  const { body: bytes } = envelope;
  return bytes.length === length ? { ok: true, bytes } : notItsBytes(kind);
}

/** The body as this kind of message, or why it is not one. */
export function readBody<Body>(
  envelope: Envelope,
  kind: MessageKind,
  codec: Codec<Body>,
): { readonly ok: true; readonly body: Body } | SecaggRefusal {
  if (envelope.kind !== kind) return wrongKind(envelope, kind);
  const body = decode(codec, envelope.body);
  return body === undefined ? notItsBytes(kind) : { ok: true, body };
}

const wrongKind = (envelope: Envelope, kind: MessageKind) =>
  refuseSecagg("unexpected-message", `${envelope.kind} instead of ${kind}`);

const notItsBytes = (kind: MessageKind) => refuseSecagg("malformed", `${kind}: not its bytes`);
