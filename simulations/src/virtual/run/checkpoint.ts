import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelVersion } from "@tacit/server";
import { unlessMissing } from "../../unless-missing.js";
import { writeAtomically } from "../../write-atomically.js";
import { emptyAttendance } from "../columns/attendance.js";
import type { Column } from "../columns/column.js";
import type { RunState } from "./run-state.js";

const FORMAT = "tacit-checkpoint-1";
const FILE = "checkpoint.bin";
const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;

interface Header extends Omit<RunState, "head" | "attendance"> {
  readonly format: string;
  /** Hash of the run's spec. */
  readonly run: string;
  readonly head: Pick<ModelVersion, "modelVersion" | "hash" | "previousHash">;
  readonly lengths: { readonly parameters: number; readonly optimiser: number; readonly noise: number };
  readonly clients: number;
  readonly versions: number;
}

/** A run's state as bytes: a header in JSON, the numbers, and the SHA-256 of both. */
export function encodeCheckpoint(run: string, versions: number, state: RunState): Buffer {
  const { head, attendance, ...rest } = state;
  const { modelVersion, hash, previousHash, parameters, optimiserState, noiseState } = head;
  const header: Header = {
    format: FORMAT,
    run,
    ...rest,
    head: { modelVersion, hash, previousHash },
    lengths: {
      parameters: parameters.length,
      optimiser: optimiserState.length,
      noise: noiseState.length,
    },
    clients: attendance.participations.length,
    versions,
  };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  const { participations, latest } = attendance;
  const numbers = [parameters, optimiserState, noiseState, participations, latest].map(bytesOf);
  const body = Buffer.concat([length, text, ...numbers]);
  return Buffer.concat([body, digestOf(body)]);
}

export type ReadCheckpoint =
  | { readonly ok: true; readonly state: RunState }
  | { readonly ok: false; readonly reason: "damaged" | "other-run"; readonly message: string };

/** The inverse of {@link encodeCheckpoint}; refuses what was damaged, and the state of another run. */
export function decodeCheckpoint(bytes: Buffer, run: string): ReadCheckpoint {
  const body = bytes.subarray(0, Math.max(0, bytes.length - DIGEST_BYTES));
  if (body.length < LENGTH_BYTES || !digestOf(body).equals(bytes.subarray(body.length))) {
    return { ok: false, reason: "damaged", message: "the checkpoint is damaged" };
  }
  const start = LENGTH_BYTES + body.readUInt32LE(0);
  const header: Header = JSON.parse(body.toString("utf8", LENGTH_BYTES, start));
  if (header.format !== FORMAT || header.run !== run) {
    const message = "the checkpoint is of another run: other options, data, engine or version of the program";
    return { ok: false, reason: "other-run", message };
  }
  const { lengths, clients, versions, head, format: _, run: __, ...rest } = header;
  const parameters = new Float32Array(lengths.parameters);
  const optimiserState = new Float32Array(lengths.optimiser);
  const noiseState = new Int32Array(lengths.noise);
  const attendance = emptyAttendance(clients, versions);
  let at = start;
  for (const numbers of [
    parameters,
    optimiserState,
    noiseState,
    attendance.participations,
    attendance.latest,
  ]) {
    const into = bytesOf(numbers);
    body.copy(into, 0, at, at + into.length);
    at += into.length;
  }
  return {
    ok: true,
    state: { ...rest, head: { ...head, parameters, optimiserState, noiseState }, attendance },
  };
}

/** Replaces the folder's checkpoint: whoever is killed meanwhile leaves the old one or the new one. */
export const writeCheckpoint = (folder: string, bytes: Buffer): Promise<void> =>
  writeAtomically(join(folder, FILE), bytes);

/** Undefined where the folder holds none. */
export const readCheckpoint = (folder: string): Promise<Buffer | undefined> =>
  unlessMissing(readFile(join(folder, FILE)));

const bytesOf = ({ buffer, byteOffset, byteLength }: Column | Float32Array | Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const digestOf = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
