import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalBytes } from "../../../src/secagg/crypto/bytes.js";
import { type Leg, runInMemory } from "../../../src/secagg/in-memory-cohort.js";
import { type Codec, decode, encode, list, members, u8 } from "../../../src/secagg/messages/codec.js";
import {
  advertisementCodec,
  consistencyCodec,
  inboxCodec,
  maskedInputCodec,
  rosterCodec,
  sharePairCodec,
  sharesCodec,
  survivorsCodec,
  termsCodec,
  unmaskingCodec,
  unmaskRequestCodec,
} from "../../../src/secagg/messages/messages.js";
import { openEnvelope } from "../../../src/secagg/messages/packet.js";
import { exampleCohort } from "../support/example-cohort.js";

type Reading = "no message" | "itself" | "something else";

const reading =
  <Body>(codec: Codec<Body>) =>
  (bytes: Uint8Array): Reading => {
    const value = decode(codec, bytes);
    if (value === undefined) return "no message";
    return equalBytes(encode(codec, value), bytes) ? "itself" : "something else";
  };

const readings: Readonly<Record<string, (bytes: Uint8Array) => Reading>> = {
  invitation: reading(termsCodec),
  advertisement: reading(advertisementCodec),
  roster: reading(rosterCodec),
  shares: reading(sharesCodec),
  "share pair": reading(sharePairCodec),
  inbox: reading(inboxCodec),
  "masked-input": reading(maskedInputCodec(4, 16)),
  survivors: reading(survivorsCodec),
  consistency: reading(consistencyCodec),
  "unmask-request": reading(unmaskRequestCodec),
  unmasking: reading(unmaskingCodec),
};

describe("the bytes of a message", () => {
  it("are read back as they were written, in every message of a cohort", async () => {
    const legs: Leg[] = [];
    await runInMemory({
      ...(await exampleCohort({ clients: 9 })),
      wire(leg) {
        legs.push(leg);
        return [leg.message];
      },
    });
    expect(legs).toHaveLength(90);
    for (const { kind, message } of legs) {
      const envelope = openEnvelope(message);
      expect(envelope.ok && readings[kind]?.(envelope.body)).toBe("itself");
    }
  });

  it.each(Object.entries(readings))("mean one thing and are written in one way: %s", (_, read) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        expect(read(bytes)).not.toBe("something else");
      }),
      { numRuns: 300 },
    );
  });

  it("hold a set as its size and one bit each", () => {
    const codec = members(20);
    expect([...encode(codec, { of: 10, clients: [0, 3, 9] })]).toEqual([10, 0, 0b0000_1001, 0b10]);
    // A member beyond the roster, and a roster beyond the bound.
    expect(decode(codec, Uint8Array.of(10, 0, 0, 0b100))).toBeUndefined();
    expect(decode(codec, Uint8Array.of(21, 0, 0, 0, 0))).toBeUndefined();
  });

  it("hold no list longer than its bound", () => {
    const codec = list(u8, 2);
    expect(decode(codec, Uint8Array.of(2, 0, 7, 8))).toEqual([7, 8]);
    expect(decode(codec, Uint8Array.of(3, 0, 7, 8, 9))).toBeUndefined();
  });
});
