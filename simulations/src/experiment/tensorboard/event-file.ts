import { maskedCrc32c } from "./crc32c.js";

/** A value of one series at one step. */
export interface ScalarEvent {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
}

const LENGTH_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** Protocol Buffers' wire types. */
const [VARINT, FIXED64, DELIMITED, FIXED32] = [0, 1, 2, 5];

/**
 * Scalars as a TensorBoard event file: TFRecords (length, its checksum, data, its checksum) of `tensorflow.Event` messages,
 * the first of which names the format. The wall time is the step's, in seconds, so that the same trial gives the same bytes.
 * (tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto)
 */
export function eventFile(events: readonly ScalarEvent[]): Uint8Array {
  const version = [...double(1, 0), ...delimited(3, utf8("brain.Event:2"))];
  const scalars = events.map(({ tag, step, value }) => {
    const scalar = [...delimited(1, utf8(tag)), ...float(2, value)];
    return [...double(1, step), ...varint(2, step), ...delimited(5, delimited(1, scalar))];
  });
  return Buffer.concat([version, ...scalars].map((event) => record(Uint8Array.from(event))));
}

function record(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(LENGTH_BYTES + CHECKSUM_BYTES + data.length + CHECKSUM_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(LENGTH_BYTES, maskedCrc32c(bytes.subarray(0, LENGTH_BYTES)), true);
  bytes.set(data, LENGTH_BYTES + CHECKSUM_BYTES);
  view.setUint32(bytes.length - CHECKSUM_BYTES, maskedCrc32c(data), true);
  return bytes;
}

const key = (field: number, type: number): number => (field << 3) | type;
const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];

function varint(field: number, value: number): number[] {
  return [key(field, VARINT), ...base128(value)];
}

function base128(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

const delimited = (field: number, content: readonly number[]): number[] => [
  key(field, DELIMITED),
  ...base128(content.length),
  ...content,
];

function float(field: number, value: number): number[] {
  return [key(field, FIXED32), ...new Uint8Array(Float32Array.of(value).buffer)];
}

function double(field: number, value: number): number[] {
  return [key(field, FIXED64), ...new Uint8Array(Float64Array.of(value).buffer)];
}
