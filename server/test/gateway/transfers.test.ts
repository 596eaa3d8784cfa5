import { CHUNK_BYTES, encodeChunk, messageDigest } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { Transfers } from "../../src/gateway/transfers.js";

const message = new Uint8Array(CHUNK_BYTES + 10).fill(7);
const digest = messageDigest(message);
const part = (offset: number) => encodeChunk("upload", message, digest, offset);
const expected = new Set(["a", "b"]);
const transfers = () => new Transfers({ limit: message.length, expects: (client) => expected.has(client) });

describe("messages in parts, at the coordinator", () => {
  it("counts a whole message once, whatever connection it comes over, and answers it each time", async () => {
    let delivered = 0;
    const deliver = async () => {
      delivered++;
      return { ok: true };
    };
    const some = transfers();
    expect(await some.receive("a", part(0), deliver)).toEqual({ ok: true, received: CHUNK_BYTES });
    expect(await some.receive("a", part(CHUNK_BYTES), deliver)).toEqual({ ok: true });
    expect(await some.receive("a", part(0), deliver)).toEqual({ ok: true });
    expect(delivered).toBe(1);
  });

  it.each([
    ["was refused", async () => ({ ok: false })],
    ["failed", () => Promise.reject(new Error("the database is away"))],
  ])("takes a message again that %s", async (_, failing) => {
    const some = transfers();
    await some.receive("a", part(0), failing);
    await some.receive("a", part(CHUNK_BYTES), failing).catch(() => undefined);
    expect(await some.receive("a", part(0), failing)).toEqual({ ok: true, received: CHUNK_BYTES });
    expect(await some.receive("a", part(CHUNK_BYTES), async () => ({ ok: true }))).toEqual({ ok: true });
  });

  it("begins nothing for a client of whom nothing is expected, and forgets it when that is over", async () => {
    const deliver = async () => ({ ok: true });
    const some = transfers();
    expect(await some.receive("x", part(0), deliver)).toMatchObject({ ok: false, reason: "not-in-cohort" });
    await some.receive("a", part(0), deliver);
    expected.delete("a");
    await some.receive("b", part(0), deliver);
    expect(await some.receive("a", part(CHUNK_BYTES), deliver)).toMatchObject({ reason: "not-in-cohort" });
    expected.add("a");
  });
});
