import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { float32Bytes, float32Values } from "../compression/float32.js";
import { digestOf } from "../secagg/crypto/digest.js";
import { decodePacket, encodePacket, NO_ID } from "./packet.js";
import { type Refusal, refuse } from "./refusal.js";

const FLOAT_BITS = 32;

/** What comes before version 0 in the hash chain. */
export const CHAIN_START = "0".repeat(64);

/** One model version. */
export interface ModelPacket {
  readonly taskHash: string;
  readonly modelVersion: number;
  readonly parameters: Float32Array;
}

export function encodeModel({ taskHash, modelVersion, parameters }: ModelPacket): Uint8Array {
  const dimension = parameters.length;
  const header = {
    kind: "model",
    bits: FLOAT_BITS,
    modelVersion,
    dimension,
    taskHash,
    cohortId: NO_ID,
    updateId: NO_ID,
  } as const;
  return encodePacket(header, float32Bytes(parameters));
}

/** Refuses parameters that are not finite: one NaN would silence every later recommendation. */
export function decodeModel(
  input: unknown,
  expected: { readonly taskHash: string; readonly dimension: number },
): ({ ok: true } & ModelPacket) | Refusal {
  const packet = decodePacket(input, { kind: "model", bits: FLOAT_BITS, ...expected });
  if (!packet.ok) return packet;
  const parameters = float32Values(packet.payload, expected.dimension);
  if (!parameters.every(Number.isFinite)) return refuse("malformed", "parameters: not finite", "parameters");
  return { ok: true, taskHash: packet.header.taskHash, modelVersion: packet.header.modelVersion, parameters };
}

/** SHA-256 over (previous hash ‖ packed model): a version names its whole past. 64 hex digits. */
export function modelHash(previousHash: string, model: ModelPacket): string {
  return bytesToHex(digestOf(hexToBytes(previousHash), encodeModel(model)));
}
