import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { digestOf } from "../secagg/crypto/digest.js";
import { PROTOCOL_VERSION } from "./messages.js";
import { asBytes } from "./packet.js";
import { type Refusal, refuse } from "./refusal.js";

/** What a whole message is for. */
const CHUNKED_EVENTS = ["upload", "secagg"] as const;
export type ChunkedEvent = (typeof CHUNKED_EVENTS)[number];

/** Payload of every chunk but the last. */
export const CHUNK_BYTES = 262_144;

/**
 * magic "TCHK" · u8 protocol version · u8 event · u16 zero · u32 length of the whole message · u32 offset of this part ·
 * 32 bytes SHA-256 of the whole; the part follows. Little-endian. The hash names the transfer and is its checksum.
 */
export const CHUNK_HEADER_BYTES = 48;
const MAGIC = 0x4b484354;

export interface Chunk {
  readonly event: ChunkedEvent;
  /** SHA-256 of the whole message, 64 hex digits. */
  readonly digest: string;
  readonly total: number;
  readonly offset: number;
  readonly part: Uint8Array;
}

export const messageDigest = (message: Uint8Array): string => bytesToHex(digestOf(message));

/** The part of a message that begins at `offset`. */
export function encodeChunk(
  event: ChunkedEvent,
  message: Uint8Array,
  digest: string,
  offset: number,
): Uint8Array {
  const part = message.subarray(offset, offset + CHUNK_BYTES);
  const chunk = new Uint8Array(CHUNK_HEADER_BYTES + part.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, PROTOCOL_VERSION);
  view.setUint8(5, CHUNKED_EVENTS.indexOf(event));
  view.setUint32(8, message.length, true);
  view.setUint32(12, offset, true);
  chunk.set(hexToBytes(digest), 16);
  chunk.set(part, CHUNK_HEADER_BYTES);
  return chunk;
}

/** Reads a chunk of a message of at most `limit` bytes. Never throws. */
export function decodeChunk(input: unknown, limit: number): ({ readonly ok: true } & Chunk) | Refusal {
  const chunk = asBytes(input);
  if (!chunk || chunk.length <= CHUNK_HEADER_BYTES)
    return refuse("malformed", "chunk: expected bytes", "chunk");
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return refuse("malformed", "magic: not a chunk", "magic");
  if (view.getUint8(4) !== PROTOCOL_VERSION) {
    return refuse(
      "unsupported-version",
      `version: ${view.getUint8(4)}, expected ${PROTOCOL_VERSION}`,
      "version",
    );
  }
  const event = CHUNKED_EVENTS[view.getUint8(5)];
  if (!event) return refuse("malformed", `event: ${view.getUint8(5)} is none`, "event");
  const total = view.getUint32(8, true);
  const offset = view.getUint32(12, true);
  const part = chunk.subarray(CHUNK_HEADER_BYTES);
  if (total > limit) return refuse("oversized", `total: ${total} bytes, the limit is ${limit}`, "total");
  if (part.length !== Math.min(CHUNK_BYTES, total - offset)) {
    return refuse("malformed", `part: ${part.length} bytes at ${offset} of ${total}`, "part");
  }
  return { ok: true, event, digest: bytesToHex(chunk.subarray(16, 48)), total, offset, part };
}
