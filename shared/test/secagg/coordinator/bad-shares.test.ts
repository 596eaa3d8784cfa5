import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recoverSecret } from "../../../src/secagg/coordinator/recover-secret.js";
import { equalBytes } from "../../../src/secagg/crypto/bytes.js";
import { shamir } from "../../../src/secagg/crypto/shamir.js";
import { runInMemory, type Wire } from "../../../src/secagg/in-memory-cohort.js";
import { unmaskingCodec } from "../../../src/secagg/messages/messages.js";
import { pack } from "../../../src/secagg/messages/packet.js";
import { seededBytes } from "../../privacy/support/seeded-bytes.js";
import { bodyOf, flipped } from "../adversary/attack.js";
import { COHORT_ID, exampleCohort } from "../support/example-cohort.js";
import { idealPrimitives } from "../support/ideal-primitives.js";

const primitives = idealPrimitives(seededBytes(3));
const SECRET = new Uint8Array(32).fill(0x51);

async function sharesOf(count: number, threshold: number) {
  const shares = await primitives.split(SECRET, count, threshold);
  return shares.map((share, holder) => ({ holder, share: new Uint8Array(share) }));
}
const isRight = async (secret: Uint8Array) => equalBytes(secret, SECRET);

describe("a secret among false shares", () => {
  it("is opened, and every share that stood in the way is named, as long as enough are true", () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 5, max: 12 }), async (count) => {
        const threshold = Math.floor(count / 2) + 1;
        const shares = await sharesOf(count, threshold);
        const falsified = shares.map((held) =>
          held.holder < 2 ? { ...held, share: flipped(held.share, held.holder) } : held,
        );
        const recovered = await recoverSecret(primitives, falsified, threshold, isRight);
        expect(recovered?.secret).toEqual(SECRET);
        expect(recovered?.liars).toEqual([0, 1]);
      }),
      { numRuns: 20 },
    ));

  it("is opened beside points that are zero or another's", async () => {
    const shares = await sharesOf(6, 3);
    const falsified = shares.map(({ holder, share }) => {
      if (holder === 0) return { holder, share: share.with(-1, 0) };
      return { holder, share: holder === 1 ? share.with(-1, 3) : share };
    });
    const recovered = await recoverSecret(primitives, falsified, 3, isRight);
    expect(recovered?.secret).toEqual(SECRET);
    expect(new Set(recovered?.liars)).toEqual(new Set([0, 1]));
  });

  it("stays closed with fewer true shares than the threshold", async () => {
    const shares = await sharesOf(6, 4);
    const falsified = shares.map((held) =>
      held.holder < 3 ? { ...held, share: flipped(held.share) } : held,
    );
    expect(await recoverSecret(primitives, falsified, 4, isRight)).toBeUndefined();
    expect(await recoverSecret(primitives, shares.slice(0, 3), 4, isRight)).toBeUndefined();
    // The scheme itself throws when it is given none.
    expect(await recoverSecret({ ...primitives, combine: shamir.combine }, [], 4, isRight)).toBeUndefined();
  });
});

describe("a cohort with holders who reveal false shares", () => {
  const lying =
    (liars: readonly string[]): Wire =>
    ({ client, kind, message }) => {
      if (kind !== "unmasking" || !liars.includes(client)) return [message];
      const { shares } = bodyOf(message, unmaskingCodec);
      const lies = shares.map((revealed) => ({ ...revealed, share: flipped(revealed.share, 5) }));
      return [pack("unmasking", COHORT_ID, unmaskingCodec, { shares: lies })];
    };

  it.each([1, 2])("opens the exact sum beside %i of seven, and names them", async (count) => {
    const cohort = await exampleCohort({ clients: 7 });
    const liars = cohort.ids.slice(0, count);
    const { end } = await runInMemory({ ...cohort, wire: lying(liars) });
    if (!end.ok) throw new Error(end.message);
    expect(end.result.sum).toEqual(cohort.sumOf(cohort.ids));
    expect(new Set(end.result.badShares.map(({ holder }) => holder))).toEqual(new Set(liars));
  });

  it("opens nothing beside four of seven, and names whose secret it could not open", async () => {
    const cohort = await exampleCohort({ clients: 7 });
    const { end } = await runInMemory({ ...cohort, wire: lying(cohort.ids.slice(3)) });
    expect(end).toMatchObject({ ok: false, reason: "unrecoverable-secret", client: cohort.ids[0] });
  });
});
