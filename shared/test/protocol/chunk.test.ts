import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Assembly } from "../../src/protocol/assembly.js";
import {
  CHUNK_BYTES,
  CHUNK_HEADER_BYTES,
  decodeChunk,
  encodeChunk,
  messageDigest,
} from "../../src/protocol/chunk.js";

const message = Uint8Array.from({ length: 2 * CHUNK_BYTES + 5 }, (_, i) => (i * 7) % 256);
const digest = messageDigest(message);
const LIMIT = message.length;

function chunkAt(offset: number) {
  const chunk = decodeChunk(encodeChunk("secagg", message, digest, offset), LIMIT);
  if (!chunk.ok) throw new Error(chunk.message);
  return chunk;
}

describe("a message in parts", () => {
  it("is whole when the last part has come, whatever came twice or too early on the way", () => {
    const offsets = [0, CHUNK_BYTES, 2 * CHUNK_BYTES];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...offsets), { maxLength: 8 }), (detours) => {
        const assembly = new Assembly(chunkAt(0));
        let received = 0;
        for (const offset of [...detours, ...offsets]) {
          const assembled = assembly.add(chunkAt(offset));
          if (assembled.kind === "refused") throw new Error(assembled.refusal.message);
          if (assembled.kind === "whole") {
            expect(messageDigest(assembled.message)).toBe(digest);
            return;
          }
          expect(assembled.received).toBeGreaterThanOrEqual(received);
          received = assembled.received;
        }
        throw new Error("never whole");
      }),
      { numRuns: 30 },
    );
  });

  it("counts for nothing when its checksum is another, and may be sent again", () => {
    const short = Uint8Array.of(1, 2, 3);
    const wrong = encodeChunk("upload", short, "0".repeat(64), 0);
    const chunk = decodeChunk(wrong, LIMIT);
    if (!chunk.ok) throw new Error(chunk.message);
    const assembly = new Assembly(chunk);
    expect(assembly.add(chunk)).toMatchObject({ kind: "refused", refusal: { field: "digest" } });
    expect(assembly.add({ ...chunk, total: 4 })).toMatchObject({
      kind: "refused",
      refusal: { field: "total" },
    });
  });

  it.each<[string, (chunk: Uint8Array) => unknown, string]>([
    ["is no bytes", () => "chunk", "chunk"],
    ["is a header only", (chunk) => chunk.subarray(0, CHUNK_HEADER_BYTES), "chunk"],
    ["begins otherwise", (chunk) => chunk.fill(0, 0, 4), "magic"],
    ["is of another version", (chunk) => chunk.fill(9, 4, 5), "version"],
    ["is of no event", (chunk) => chunk.fill(9, 5, 6), "event"],
    ["is of too long a message", (chunk) => chunk.fill(255, 8, 12), "total"],
    ["is shorter than a part", (chunk) => chunk.subarray(0, -1), "part"],
    ["begins beyond the end", (chunk) => chunk.fill(255, 12, 16), "part"],
  ])("refuses a chunk that %s", (_, change, field) => {
    expect(decodeChunk(change(encodeChunk("secagg", message, digest, 0)), LIMIT)).toMatchObject({
      ok: false,
      field,
    });
  });

  it("never throws on bytes that nobody wrote", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeChunk(bytes, LIMIT).ok).toBe(false);
      }),
    );
  });
});
