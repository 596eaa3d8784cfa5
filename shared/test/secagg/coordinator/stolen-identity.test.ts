import { expect, it } from "vitest";
import { signerFromSeed } from "../../../src/secagg/identity.js";
import { advertisementCodec } from "../../../src/secagg/messages/messages.js";
import { openEnvelope, pack, readBody } from "../../../src/secagg/messages/packet.js";
import { advertisedBytes } from "../../../src/secagg/transcript.js";
import { seededBytes } from "../../privacy/support/seeded-bytes.js";
import { COHORT_ID, exampleCohort } from "../support/example-cohort.js";
import { idealPrimitives } from "../support/ideal-primitives.js";

it("puts out whoever advertises another's long-term key as a fresh one of its own, not the other", async () => {
  const { coordinator, clients, ids, identitySeeds, terms } = await exampleCohort({ clients: 5 });
  const primitives = idealPrimitives(seededBytes(99));
  const [thief = "", victim = "", ...others] = ids;
  const keyOf = async (id: string) => signerFromSeed(primitives, identitySeeds.get(id) ?? new Uint8Array(32));
  const { outbox } = await coordinator.advance();
  const advertised = async (id: string) => {
    const output = await clients.get(id)?.receive(outbox.get(id));
    if (!output?.ok) throw new Error("no advertisement");
    return output.reply;
  };
  const envelope = openEnvelope(await advertised(thief));
  const own = envelope.ok ? readBody(envelope, "advertisement", advertisementCodec) : envelope;
  if (!own.ok) throw new Error(own.message);
  const stolen = { ...own.body, encryptionKey: (await keyOf(victim)).publicKey };
  const signature = await (await keyOf(thief)).sign(advertisedBytes(COHORT_ID, terms)(stolen));
  const forged = pack("advertisement", COHORT_ID, advertisementCodec, { ...stolen, signature });
  expect(await coordinator.receive(thief, forged)).toEqual({ ok: true });
  for (const id of [victim, ...others]) {
    expect(await coordinator.receive(id, await advertised(id))).toEqual({ ok: true });
  }
  const sharing = await coordinator.advance();
  expect(sharing.ok && [...sharing.outbox.keys()].sort()).toEqual([victim, ...others].sort());
});
