import {
  Assembly,
  addPacked,
  addSealed,
  CHUNK_BYTES,
  decodeChunk,
  decodeUpload,
  emptySum,
  encodeChunk,
  encodeUpload,
  messageDigest,
  openUpload,
  packIntegers,
  platformBytes,
  uploadBytes,
} from "@tacit/shared";
import { Cohort } from "../../../../server/dist/rounds/cohort.js";
import type { Case, Suite } from "../suite.js";
import { maskedInputMessage, maskedInputs } from "./masked-input.js";

/** Different updates that one run folds, so that none of them stays in the processor's cache. */
export const UPDATES = 4;
/** Of a narrow encoding, and of a task that names none. */
const WIDTHS = [20, 32] as const;
const TASK = "ab".repeat(32);
const COHORT = "cd".repeat(16);

/** What a coordinator does with each update of `dimension` coordinates, with every check, beside a memory copy. */
export function foldingSuite(dimension: number): Suite {
  return {
    title: `d = ${dimension}`,
    cases: () => {
      const [from, to] = [new Float32Array(dimension).fill(1), new Float32Array(dimension)];
      const copy = folding("copy of the vector", dimension, () => to.set(from));
      return [{ ...copy, baseline: true }, ...WIDTHS.flatMap((bits) => casesAt(dimension, bits))];
    },
  };
}

/** @param fold takes the update of that number. */
const folding = (name: string, dimension: number, fold: (update: number) => void): Case => ({
  name,
  elements: UPDATES * dimension,
  run: () => {
    for (let update = 0; update < UPDATES; update++) fold(update);
  },
});

function casesAt(dimension: number, bits: number): Case[] {
  const plan = { dimension, bits };
  const expected = { taskHash: TASK, ...plan };
  const ids = Array.from({ length: UPDATES }, (_, i) => i.toString(16).padStart(32, "0"));
  const values = ids.map(() => residues(dimension, bits));
  const packets = ids.map((updateId, i) =>
    encodeUpload({
      ...{ taskHash: TASK, modelVersion: 0, cohortId: COHORT, updateId, bits },
      values: values[i] ?? new Uint32Array(),
    }),
  );
  const inputs = values.map((one) =>
    maskedInputMessage(new Uint8Array(packIntegers(one, bits)), dimension, bits),
  );
  const digests = packets.map(messageDigest);
  const takeMasked = maskedInputs(dimension, bits);
  const sum = emptySum(plan);
  let cohort: Cohort;
  const take = (packet: Uint8Array | undefined, first: boolean) => {
    if (first) {
      const members = ids.map((updateId) => ({ clientId: updateId, updateId, modelVersion: 0 }));
      const summation = {
        empty: () => sum,
        add: (into: Uint32Array, packed: Uint8Array) => addPacked(plan, into, packed),
      };
      cohort = new Cohort(COHORT, members, 0, summation);
    }
    const upload = openUpload(packet, expected);
    if (!upload.ok) throw new Error(upload.message);
    cohort.receive(upload.updateId, upload.packed);
  };
  const name = (what: string) => `${what}, ${bits} bits`;
  const whole = [
    folding(name("upload"), dimension, (i) => take(packets[i], i === 0)),
    folding(name("masked input"), dimension, (i) => takeMasked(inputs[i] ?? new Uint8Array())),
    folding(name("unpacked first, then added"), dimension, (i) => {
      const upload = decodeUpload(packets[i], expected);
      if (!upload.ok) throw new Error(upload.message);
      addSealed(plan, sum, upload.values);
    }),
  ];
  if (uploadBytes(dimension, bits) <= CHUNK_BYTES) return whole;
  const parts = packets.map((packet, i) =>
    Array.from({ length: Math.ceil(packet.length / CHUNK_BYTES) }, (_, part) =>
      encodeChunk("upload", packet, digests[i] ?? "", part * CHUNK_BYTES),
    ),
  );
  const inParts = (i: number) => take(assembled(parts[i] ?? [], uploadBytes(dimension, bits)), i === 0);
  return [...whole, folding(name("upload in parts, checksummed"), dimension, inParts)];
}

function assembled(chunks: readonly Uint8Array[], limit: number): Uint8Array {
  let assembly: Assembly | undefined;
  for (const bytes of chunks) {
    const chunk = decodeChunk(bytes, limit);
    if (!chunk.ok) throw new Error(chunk.message);
    assembly ??= new Assembly(chunk);
    const so = assembly.add(chunk);
    if (so.kind === "refused") throw new Error(so.refusal.message);
    if (so.kind === "whole") return so.message;
  }
  throw new Error("not whole");
}

function residues(dimension: number, bits: number): Uint32Array {
  const values = new Uint32Array(dimension);
  platformBytes.fill(new Uint8Array(values.buffer));
  return bits === 32 ? values : values.map((value) => value % 2 ** bits);
}
