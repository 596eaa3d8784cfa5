import { bytesOfHex } from "@tacit/shared";
import type { FetchedModel } from "../transport/transport.js";

const HASH_BYTES = 32;

/** A version and the hash before it as one blob, so that no crash can part them: 32 bytes, then the packet. */
export function encodeModelRecord({ packet, previousHash }: FetchedModel): Uint8Array {
  const record = new Uint8Array(HASH_BYTES + packet.length);
  record.set(bytesOfHex(previousHash));
  record.set(packet, HASH_BYTES);
  return record;
}

export function decodeModelRecord(record: Uint8Array): FetchedModel {
  const hash = [...record.subarray(0, HASH_BYTES)].map((byte) => byte.toString(16).padStart(2, "0"));
  return { packet: record.subarray(HASH_BYTES), previousHash: hash.join("") };
}
