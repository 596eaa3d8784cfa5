import { CODECS } from "../compression/codecs.js";
import { applyDelta, deltaBetween } from "../compression/delta.js";
import type { DeliverySpec } from "../task/delivery-spec.js";
import type { ModelPacket } from "./model-packet.js";
import { decodePacket, encodePacket, isKind, NO_ID } from "./packet.js";
import { type Refusal, refuse } from "./refusal.js";

const BASE_BYTES = 4;

interface Delivered {
  readonly delivery: DeliverySpec;
  /** Numbers that are encoded; what a version holds beyond them (a clip) stays as it is. */
  readonly parameters: number;
  /** The version that a delta is from. */
  readonly base?: Pick<ModelPacket, "modelVersion" | "parameters"> | undefined;
}

/**
 * A version in its task's encoding, which its numbers were rounded to before they were committed, or its difference from
 * another one. Either way it decodes to exactly the numbers that the version's hash covers.
 * @throws RangeError for numbers that no committed version can have.
 */
export function encodeDelivery(model: ModelPacket, { delivery, parameters, base }: Delivered): Uint8Array {
  const { taskHash, modelVersion, parameters: vector } = model;
  const { bits } = CODECS[delivery.encoding];
  const header = { bits, modelVersion, dimension: vector.length, taskHash, cohortId: NO_ID, updateId: NO_ID };
  const whole = bytesOf(delivery, vector, parameters);
  const exact = bytesOf({ encoding: "float32" }, vector.subarray(parameters), vector.length - parameters);
  if (!base) return encodePacket({ kind: "model", ...header }, joined(whole, exact));
  const from = new Uint8Array(BASE_BYTES);
  new DataView(from.buffer).setUint32(0, base.modelVersion, true);
  const delta = deltaBetween(bytesOf(delivery, base.parameters, parameters), whole, bits);
  return encodePacket({ kind: "delta", ...header }, joined(from, delta, exact));
}

interface ExpectedDelivery extends Delivered {
  readonly taskHash: string;
  /** Of the whole vector. */
  readonly dimension: number;
}

/** Never throws; a delta from any other version than `base` is refused. */
export function decodeDelivery(
  input: unknown,
  { taskHash, dimension, delivery, parameters, base }: ExpectedDelivery,
): ({ ok: true } & ModelPacket) | Refusal {
  const codec = CODECS[delivery.encoding];
  const delta = isKind(input, "delta");
  const start = delta ? BASE_BYTES : 0;
  const end = start + codec.bytes(parameters);
  const packet = decodePacket(input, {
    kind: delta ? "delta" : "model",
    bits: codec.bits,
    taskHash,
    dimension,
    payload: end + 4 * (dimension - parameters),
  });
  if (!packet.ok) return packet;
  const { payload, header } = packet;
  let whole = payload.subarray(start, end);
  if (delta) {
    const from = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
    if (from !== base?.modelVersion) return refuse("wrong-model", `base: ${from} is not held here`, "base");
    whole = applyDelta(bytesOf(delivery, base.parameters, parameters), whole, codec.bits);
  }
  const vector = new Float32Array(dimension);
  vector.set(codec.decode(whole, parameters));
  vector.set(CODECS.float32.decode(payload.subarray(end), dimension - parameters), parameters);
  if (!vector.every(Number.isFinite)) return refuse("malformed", "parameters: not finite", "parameters");
  return { ok: true, taskHash, modelVersion: header.modelVersion, parameters: vector };
}

function bytesOf(
  { encoding }: Pick<DeliverySpec, "encoding">,
  vector: Float32Array,
  count: number,
): Uint8Array {
  const bytes = CODECS[encoding].encode(vector.subarray(0, count));
  if (!bytes) throw new RangeError(`these parameters cannot be encoded as ${encoding}`);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
