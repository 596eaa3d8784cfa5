import { describe, expect, it } from "vitest";
import { type Bytes, bytesOfHex } from "../../../src/secagg/crypto/bytes.js";
import { runInMemory } from "../../../src/secagg/in-memory-cohort.js";
import { abandonCodec, sharesCodec } from "../../../src/secagg/messages/messages.js";
import { openEnvelope, pack, readBody } from "../../../src/secagg/messages/packet.js";
import { COHORT_ID, exampleCohort } from "../support/example-cohort.js";

/** The same shares, but so many boxes do not open. */
function broken(message: Bytes, boxes: number): Bytes {
  const envelope = openEnvelope(message);
  const shares = envelope.ok ? readBody(envelope, "shares", sharesCodec) : envelope;
  if (!shares.ok) throw new Error(shares.message);
  const spoilt = shares.body.boxes.map(({ to, box }, i) => ({
    to,
    box: i < boxes ? box.with(0, (box[0] ?? 0) ^ 1) : box,
  }));
  return pack("shares", COHORT_ID, sharesCodec, { ...shares.body, boxes: spoilt });
}

async function accusedWith(boxes: number) {
  const cohort = await exampleCohort({ clients: 6 });
  const [, culprit = ""] = cohort.ids;
  const { end, left } = await runInMemory({
    ...cohort,
    wire: ({ client, kind, message }) =>
      client === culprit && kind === "shares" ? [broken(message, boxes)] : [message],
  });
  return { end, left, culprit, accused: cohort.coordinator.accused };
}

describe("a client whose shares do not open", () => {
  it("is found out by its neighbours, who leave and say whose fault it was", async () => {
    const { end, left, culprit, accused } = await accusedWith(5);
    expect(end.ok).toBe(false);
    expect([...left.values()].filter(({ reason }) => reason === "bad-share")).toHaveLength(5);
    expect(accused).toEqual([culprit]);
  });

  it("is not found out by a single one, who may be the liar", async () => {
    const { end, accused } = await accusedWith(1);
    expect(end.ok).toBe(true);
    expect(accused).toEqual([]);
  });

  it("is not accused by who cannot know it: before there were shares, nor of anybody who was not invited", async () => {
    for (const stranger of [false, true]) {
      const { coordinator, ids } = await exampleCohort({ clients: 6 });
      const [, victim = ""] = ids;
      const accused = bytesOfHex(stranger ? "ab".repeat(16) : victim);
      await coordinator.advance();
      for (const liar of ids.slice(2, 5)) {
        const abandon = pack("abandon", COHORT_ID, abandonCodec, { reason: "bad-share", accused });
        expect(await coordinator.receive(liar, abandon)).toMatchObject({ ok: true });
      }
      expect(coordinator.accused).toEqual([]);
    }
  });
});
