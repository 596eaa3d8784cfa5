import { packIntegers, unpackIntegers } from "../privacy/pack.js";
import { decodePacket, encodePacket, PACKET_HEADER_BYTES, payloadBytes } from "./packet.js";
import type { Refusal } from "./refusal.js";

/** One sealed update on its way to a cohort. */
export interface UploadPacket {
  readonly taskHash: string;
  readonly modelVersion: number;
  readonly cohortId: string;
  readonly updateId: string;
  readonly bits: number;
  /** Integers modulo 2^bits. */
  readonly values: Uint32Array;
}

export const uploadBytes = (dimension: number, bits: number): number =>
  PACKET_HEADER_BYTES + payloadBytes(dimension, bits);

export function encodeUpload({ values, bits, ...header }: UploadPacket): Uint8Array {
  return encodePacket(
    { kind: "upload", bits, dimension: values.length, ...header },
    packIntegers(values, bits),
  );
}

export function decodeUpload(
  input: unknown,
  expected: { readonly taskHash: string; readonly dimension: number; readonly bits: number },
): ({ ok: true } & UploadPacket) | Refusal {
  const packet = decodePacket(input, { kind: "upload", ...expected });
  if (!packet.ok) return packet;
  const { taskHash, modelVersion, cohortId, updateId, bits, dimension } = packet.header;
  const values = unpackIntegers(packet.payload, bits, dimension);
  return { ok: true, taskHash, modelVersion, cohortId, updateId, bits, values };
}
