import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkInSchema,
  parseMessage,
  parseReply,
  readySchema,
  uploadReplySchema,
} from "../../src/protocol/messages.js";
import { refuse } from "../../src/protocol/refusal.js";

const ready = { version: 1, taskHash: "0a".repeat(32), modelVersion: 4, updateId: "0b".repeat(16) };

describe("parseMessage", () => {
  it("reads a message that is right in every field", () => {
    expect(parseMessage(readySchema, ready)).toEqual({ ok: true, message: ready });
  });

  it.each([
    ["another version", { version: 2 }, "unsupported-version", "version"],
    ["a short identifier", { updateId: "0b" }, "malformed", "updateId"],
    ["a model version from before the first", { modelVersion: -1 }, "malformed", "modelVersion"],
    ["a NaN model version", { modelVersion: Number.NaN }, "malformed", "modelVersion"],
    ["a field too many", { extra: true }, "malformed", "extra"],
  ])("refuses %s, naming the field", (_, change, reason, field) => {
    expect(parseMessage(readySchema, { ...ready, ...change })).toMatchObject({ ok: false, reason, field });
  });

  it("does not send a long name back at its length", () => {
    const parsed = parseMessage(readySchema, { ...ready, ["x".repeat(100_000)]: 1 });
    expect(JSON.stringify(parsed).length).toBeLessThan(1000);
  });

  it("never throws, whatever arrives", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (input) => {
        expect(parseMessage(checkInSchema, input).ok).toBe(false);
      }),
    );
  });
});

describe("parseReply", () => {
  it("tells a reply from a refusal", () => {
    expect(parseReply(uploadReplySchema, { ok: true, modelVersion: 5 })).toMatchObject({ ok: true });
    expect(parseReply(uploadReplySchema, refuse("late", "too late"))).toEqual(refuse("late", "too late"));
    expect(parseReply(uploadReplySchema, { ok: false, reason: "because" })).toMatchObject({
      reason: "malformed",
    });
  });
});
