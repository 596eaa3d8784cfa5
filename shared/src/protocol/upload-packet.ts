import { packIntegers, unpackIntegers } from "../privacy/pack.js";
import { decodePacket, encodePacket, PACKET_HEADER_BYTES, payloadBytes } from "./packet.js";
import type { Refusal } from "./refusal.js";

interface UploadHeader {
  readonly taskHash: string;
  readonly modelVersion: number;
  readonly cohortId: string;
  readonly updateId: string;
  readonly bits: number;
}

/** One sealed update on its way to a cohort. */
export interface UploadPacket extends UploadHeader {
  /** Integers modulo 2^bits. */
  readonly values: Uint32Array;
}

/** The same as it came: to be added up without being unpacked ({@link addPacked}). */
export interface PackedUpload extends UploadHeader {
  /** A view of the packet. */
  readonly packed: Uint8Array;
}

/** What the receiver knows already; anything else is refused. */
interface ExpectedUpload {
  readonly taskHash: string;
  readonly dimension: number;
  readonly bits: number;
}

export const uploadBytes = (dimension: number, bits: number): number =>
  PACKET_HEADER_BYTES + payloadBytes(dimension, bits);

export function encodeUpload({ values, bits, ...header }: UploadPacket): Uint8Array {
  return encodePacket(
    { kind: "upload", bits, dimension: values.length, ...header },
    packIntegers(values, bits),
  );
}

/** Checks header and length. Any integers of the right width are an update. Never throws. */
export function openUpload(
  input: unknown,
  expected: ExpectedUpload,
): ({ readonly ok: true } & PackedUpload) | Refusal {
  const packet = decodePacket(input, { kind: "upload", ...expected });
  if (!packet.ok) return packet;
  const { taskHash, modelVersion, cohortId, updateId, bits } = packet.header;
  return { ok: true, taskHash, modelVersion, cohortId, updateId, bits, packed: packet.payload };
}

export function decodeUpload(
  input: unknown,
  expected: ExpectedUpload,
): ({ readonly ok: true } & UploadPacket) | Refusal {
  const opened = openUpload(input, expected);
  if (!opened.ok) return opened;
  const { packed, ...header } = opened;
  return { ...header, values: unpackIntegers(packed, header.bits, expected.dimension) };
}
