import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bytes } from "../../../src/secagg/crypto/bytes.js";
import { type Leg, runInMemory } from "../../../src/secagg/in-memory-cohort.js";
import { SECAGG_REASONS } from "../../../src/secagg/refusal.js";
import { exampleCohort } from "../support/example-cohort.js";

/** What noise on the line, or somebody who knows only the length, makes of a message. */
const damage: fc.Arbitrary<(message: Bytes) => Bytes> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((noise) => () => new Uint8Array(noise)),
  fc
    .double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    .map((part) => (message: Bytes) => message.slice(0, Math.floor(part * message.length))),
  fc
    .uint8Array({ minLength: 1, maxLength: 70 })
    .map((more) => (message: Bytes) => new Uint8Array([...message, ...more])),
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => (message: Bytes) => {
    const place = at % message.length;
    return message.with(place, (message[place] ?? 0) ^ bits);
  }),
  // Behind a sound header, so that the body's reader sees it.
  fc
    .uint8Array({ maxLength: 200 })
    .map((noise) => (message: Bytes) => new Uint8Array([...message.subarray(0, 22), ...noise])),
);

/** Forty messages: four clients, five each way. */
const MESSAGES = 40;

describe("a broken message", () => {
  it("at any place never throws, and never falsifies the sum of the others", () =>
    fc.assert(
      fc.asyncProperty(fc.nat(MESSAGES - 1), damage, async (at, damaged) => {
        const cohort = await exampleCohort({ clients: 4 });
        let sent = 0;
        let broken: Leg | undefined;
        const { end, left, refused } = await runInMemory({
          ...cohort,
          wire(leg) {
            if (sent++ !== at) return [leg.message];
            broken = leg;
            return [damaged(leg.message)];
          },
        });
        for (const reason of [...left.values(), ...refused].map((refusal) => refusal.reason)) {
          expect(SECAGG_REASONS).toContain(reason);
        }
        // What a client adds to the sum is its own affair; everybody else's part is not.
        const own = broken?.kind === "masked-input";
        if (end.ok && !own) expect(end.result.sum).toEqual(cohort.sumOf(end.result.survivors));
        if (!end.ok) expect(end.reason).toBe("unrecoverable-secret");
      }),
      { numRuns: 300 },
    ));

  it("that is not even bytes is malformed, for either side", () =>
    fc.assert(
      fc.asyncProperty(
        fc.anything({ withDate: true, withMap: true, withTypedArray: false }),
        async (message) => {
          const { clients, coordinator, ids } = await exampleCohort({ clients: 3 });
          await coordinator.advance();
          const [id = ""] = ids;
          expect(await coordinator.receive(id, message)).toMatchObject({ ok: false, reason: "malformed" });
          expect(await clients.get(id)?.receive(message)).toMatchObject({ ok: false, reason: "malformed" });
        },
      ),
      { numRuns: 60 },
    ));
});
