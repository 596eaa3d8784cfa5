import { Assembly, CHUNK_BYTES, type ChunkReply, decodeChunk, messageDigest, refuse } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { sendMessage } from "../../src/participation/send-message.js";

const long = Uint8Array.from({ length: 2.5 * CHUNK_BYTES }, (_, i) => i % 251);

/** What a coordinator does with chunks; `lose` answers of the first chunks get lost. */
function coordinator({ lose = 0 } = {}) {
  let assembly: Assembly | undefined;
  let calls = 0;
  const wholes: Uint8Array[] = [];
  const ask = async (event: string, payload: unknown): Promise<unknown> => {
    expect(event).toBe("chunk");
    const chunk = decodeChunk(payload, 1e7);
    if (!chunk.ok) return chunk;
    assembly ??= new Assembly(chunk);
    const assembled = assembly.add(chunk);
    if (++calls <= lose) return undefined;
    if (assembled.kind === "refused") return assembled.refusal;
    if (assembled.kind === "partial") return { ok: true, received: assembled.received } satisfies ChunkReply;
    wholes.push(assembled.message);
    return { ok: true };
  };
  return { ask, wholes, calls: () => calls };
}

describe("sending a message", () => {
  it("sends a short one as it is", async () => {
    const asked: unknown[] = [];
    const ask = async (...call: unknown[]) => void asked.push(call);
    await sendMessage(ask, "secagg", Uint8Array.of(1));
    expect(asked).toEqual([["secagg", Uint8Array.of(1)]]);
  });

  it("sends a long one in parts, and gets the answer to the whole", async () => {
    const { ask, wholes, calls } = coordinator();
    expect(await sendMessage(ask, "upload", long)).toEqual({ ok: true });
    expect(wholes.map(messageDigest)).toEqual([messageDigest(long)]);
    expect(calls()).toBe(3);
  });

  it("goes on where the coordinator stands after an answer was lost", async () => {
    const { ask, wholes, calls } = coordinator({ lose: 1 });
    expect(await sendMessage(ask, "upload", long)).toBeUndefined();
    expect(await sendMessage(ask, "upload", long)).toEqual({ ok: true });
    expect(wholes.map(messageDigest)).toEqual([messageDigest(long)]);
    expect(calls()).toBe(4);
  });

  it("waits when it is told that it is too fast", async () => {
    const { ask, wholes } = coordinator();
    let busy = true;
    const impatient = async (event: string, payload: unknown) => {
      if (!busy) return ask(event, payload);
      busy = false;
      return refuse("busy", "too many messages");
    };
    expect(await sendMessage(impatient, "upload", long)).toEqual({ ok: true });
    expect(wholes.map(messageDigest)).toEqual([messageDigest(long)]);
  });

  it.each([
    ["stands still", { ok: true, received: 0 }],
    ["wants what there is not", { ok: true, received: long.length }],
  ])("is not kept busy by a coordinator that %s", async (_, reply) => {
    let calls = 0;
    const ask = async () => {
      calls++;
      return reply;
    };
    expect(await sendMessage(ask, "upload", long)).toBeUndefined();
    expect(calls).toBe(1);
  });

  it("hands a refusal on", async () => {
    const refusal = refuse("not-in-cohort", "nothing is expected");
    expect(await sendMessage(async () => refusal, "upload", long)).toEqual(refusal);
  });
});
