import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { PROTOCOL_VERSION } from "./messages.js";
import { type Refusal, refuse } from "./refusal.js";

/**
 * Every binary payload is one packed buffer, little-endian:
 * magic "TCIT" · u8 protocol version · u8 kind · u8 bits · u8 zero · u32 model version · u32 dimension ·
 * 32 bytes task hash · 16 bytes cohort id · 16 bytes update id · payload.
 */
export const PACKET_HEADER_BYTES = 80;

const MAGIC = 0x54494354;
const KINDS = { model: 1, upload: 2, delta: 3 } as const;
type PacketKind = keyof typeof KINDS;

/** No identifier: model packets belong to nobody. */
export const NO_ID = "0".repeat(32);

export interface PacketHeader {
  readonly kind: PacketKind;
  readonly bits: number;
  readonly modelVersion: number;
  readonly dimension: number;
  readonly taskHash: string;
  readonly cohortId: string;
  readonly updateId: string;
}

/** What the receiver knows already; anything else in the header is refused. */
export interface ExpectedPacket {
  readonly kind: PacketKind;
  readonly taskHash: string;
  readonly dimension: number;
  readonly bits: number;
  /** Bytes of the payload, where they are more than `dimension` numbers of so many bits. */
  readonly payload?: number;
}

export const payloadBytes = (dimension: number, bits: number): number => Math.ceil((dimension * bits) / 8);

export function encodePacket(header: PacketHeader, payload: Uint8Array): Uint8Array {
  const packet = new Uint8Array(PACKET_HEADER_BYTES + payload.length);
  const view = new DataView(packet.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, PROTOCOL_VERSION);
  view.setUint8(5, KINDS[header.kind]);
  view.setUint8(6, header.bits);
  view.setUint32(8, header.modelVersion, true);
  view.setUint32(12, header.dimension, true);
  packet.set(hexToBytes(header.taskHash), 16);
  packet.set(hexToBytes(header.cohortId), 48);
  packet.set(hexToBytes(header.updateId), 64);
  packet.set(payload, PACKET_HEADER_BYTES);
  return packet;
}

/** Checks the whole header against what is expected before the payload is looked at. Never throws. */
export function decodePacket(
  input: unknown,
  expected: ExpectedPacket,
): { ok: true; header: PacketHeader; payload: Uint8Array } | Refusal {
  const packet = asBytes(input);
  if (!packet) return refuse("malformed", "payload: expected bytes", "payload");
  const { payload = payloadBytes(expected.dimension, expected.bits) } = expected;
  const length = PACKET_HEADER_BYTES + payload;
  if (packet.length > length) {
    return refuse("oversized", `payload: ${packet.length} bytes, the limit is ${length}`, "payload");
  }
  if (packet.length < PACKET_HEADER_BYTES) {
    return refuse(
      "malformed",
      `payload: ${packet.length} bytes, the header alone has ${PACKET_HEADER_BYTES}`,
      "payload",
    );
  }
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return refuse("malformed", "magic: not a Tacit packet", "magic");
  if (view.getUint8(4) !== PROTOCOL_VERSION) {
    return refuse(
      "unsupported-version",
      `version: ${view.getUint8(4)}, expected ${PROTOCOL_VERSION}`,
      "version",
    );
  }
  if (view.getUint8(5) !== KINDS[expected.kind]) {
    return refuse(
      "malformed",
      `kind: ${view.getUint8(5)}, expected ${KINDS[expected.kind]} (${expected.kind})`,
      "kind",
    );
  }
  if (view.getUint8(7) !== 0) return refuse("malformed", "reserved: must be 0", "reserved");
  const header: PacketHeader = {
    kind: expected.kind,
    bits: view.getUint8(6),
    modelVersion: view.getUint32(8, true),
    dimension: view.getUint32(12, true),
    taskHash: bytesToHex(packet.subarray(16, 48)),
    cohortId: bytesToHex(packet.subarray(48, 64)),
    updateId: bytesToHex(packet.subarray(64, 80)),
  };
  if (header.taskHash !== expected.taskHash) {
    return refuse("wrong-task", `taskHash: ${header.taskHash.slice(0, 12)}… is another task`, "taskHash");
  }
  if (header.dimension !== expected.dimension) {
    return refuse(
      "wrong-dimension",
      `dimension: ${header.dimension}, expected ${expected.dimension}`,
      "dimension",
    );
  }
  if (header.bits !== expected.bits) {
    return refuse("wrong-encoding", `bits: ${header.bits}, expected ${expected.bits}`, "bits");
  }
  if (packet.length !== length) {
    return refuse("malformed", `payload: ${packet.length} bytes, expected ${length}`, "payload");
  }
  return { ok: true, header, payload: packet.subarray(PACKET_HEADER_BYTES) };
}

/** What a packet says it is; nothing else of it is checked. */
export const isKind = (input: unknown, kind: PacketKind): boolean => asBytes(input)?.[5] === KINDS[kind];

/** Socket.IO gives buffers in Node, array buffers in browsers. */
export function asBytes(input: unknown): Uint8Array | undefined {
  if (input instanceof Uint8Array) return input;
  return input instanceof ArrayBuffer ? new Uint8Array(input) : undefined;
}
