import type { Bytes } from "./bytes.js";
import { digestOf } from "./digest.js";

const ZERO = new Uint8Array(1);
const encoder = new TextEncoder();

/** What a derived key or hash is for. One purpose, one label: nothing made for one fits another. */
export type Purpose =
  | "client id"
  | "check-in"
  | "advertise"
  | "session"
  | "seed commitment"
  | "survivors"
  | "mask"
  | "self mask"
  | "share";

/** What says a purpose in bytes. */
export const label = (purpose: Purpose): Bytes => encoder.encode(`tacit secagg 1 ${purpose}`);

/** SHA-256 over the label, a zero byte and the parts; every part but the last has a fixed length. */
export function labelledHash(purpose: Purpose, ...parts: readonly Uint8Array[]): Bytes {
  return digestOf(label(purpose), ZERO, ...parts);
}
