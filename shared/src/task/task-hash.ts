import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { TaskSpec } from "./task-spec.js";

/** JSON with sorted keys and no white space (RFC 8785; task specs hold no value where it differs from this). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256 of the canonical spec, 64 hex digits: both sides compare it before anything else. */
export function taskHash(task: TaskSpec): string {
  return bytesToHex(sha256(utf8ToBytes(`tacit-task-v1\n${canonicalJson(task)}`)));
}
