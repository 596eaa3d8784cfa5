import { describe, expect, it } from "vitest";
import { SecureCoordinator } from "../../../src/secagg/coordinator/secure-coordinator.js";
import type { Bytes } from "../../../src/secagg/crypto/bytes.js";
import type { Mask } from "../../../src/secagg/crypto/masks.js";
import type { Primitives } from "../../../src/secagg/crypto/primitives.js";
import { anyIdentity } from "../../../src/secagg/identity.js";
import { runInMemory, silentFrom } from "../../../src/secagg/in-memory-cohort.js";
import { abandonCodec, NOBODY } from "../../../src/secagg/messages/messages.js";
import { openEnvelope, pack } from "../../../src/secagg/messages/packet.js";
import { COHORT_ID, exampleCohort } from "../support/example-cohort.js";
import { idealPrimitives } from "../support/ideal-primitives.js";

/** A cohort whose coordinator expands masks as `addMasks` does, and keeps an eye on the shares it combines. */
async function watchedCohort(addMasks: (masks: readonly Mask[]) => Promise<void>) {
  const cohort = await exampleCohort({ clients: 3 });
  const seen: Uint8Array[] = [];
  const ideal = idealPrimitives();
  const primitives: Primitives = {
    ...ideal,
    async combine(shares) {
      const secret = await ideal.combine(shares);
      seen.push(...shares, secret);
      return secret;
    },
  };
  const coordinator = new SecureCoordinator({
    primitives,
    cohortId: COHORT_ID,
    terms: cohort.terms,
    invited: new Set(cohort.ids),
    identities: anyIdentity,
    addMasks: async (masks) => {
      seen.push(...masks.map(({ key }) => key));
      await addMasks(masks);
    },
  });
  return { cohort, coordinator, seen };
}

describe("a coordinator that gives a cohort up", () => {
  it.each(["formed", "advertising", "sharing", "masking", "signing", "unmasking"] as const)(
    "while %s tells everybody, who then forget everything",
    async (phase) => {
      const cohort = await exampleCohort({ clients: 3 });
      while (cohort.coordinator.phase !== phase) {
        const { outbox } = await cohort.coordinator.advance();
        for (const [id, message] of outbox) {
          const output = await cohort.clients.get(id)?.receive(message);
          if (output?.reply) await cohort.coordinator.receive(id, output.reply);
        }
      }
      const { outbox } = cohort.coordinator.abandon("too-few-clients", "the operator stopped it");
      expect([...outbox.keys()]).toEqual(cohort.ids);
      for (const [id, message] of outbox) {
        expect(openEnvelope(message)).toMatchObject({ kind: "abandon" });
        expect(await cohort.clients.get(id)?.receive(message)).toMatchObject({
          ok: false,
          reason: "abandoned",
        });
        expect(cohort.clients.get(id)?.phase).toBe("abandoned");
      }
      expect(await cohort.coordinator.advance()).toMatchObject({ ok: false, reason: "abandoned" });
    },
  );

  it("while the sum is opened gives no result", async () => {
    const { cohort, coordinator } = await watchedCohort(async () => {
      coordinator.abandon("abandoned", "the server is going down");
    });
    const { end } = await runInMemory({ ...cohort, coordinator });
    expect(end).toMatchObject({ ok: false, reason: "abandoned" });
    expect(coordinator.phase).toBe("abandoned");
  });
});

describe("a client whose answer never arrives", () => {
  it.each([
    ["is told that the cohort goes on without it", "advertisement", "abandoned"],
    ["is told that the cohort goes on without it", "shares", "abandoned"],
    ["is told that the cohort goes on without it", "masked-input", "abandoned"],
    ["is told nothing that would free its input, which is in the sum", "consistency", "signed"],
    ["is told nothing that would free its input, which is in the sum", "unmasking", "finished"],
  ] as const)("%s: %s", async (_, kind, phase) => {
    const cohort = await exampleCohort({ clients: 5 });
    const [slow = "", ...others] = cohort.ids;
    const { end } = await runInMemory({ ...cohort, wire: silentFrom(new Map([[slow, kind]])) });
    if (!end.ok) throw new Error(end.message);
    expect(cohort.clients.get(slow)?.phase).toBe(phase);
    expect(end.result.survivors.includes(slow)).toBe(phase !== "abandoned");
    expect(others.map((id) => cohort.clients.get(id)?.phase)).toEqual(others.map(() => "finished"));
  });

  it("is told when the cohort is given up because of it", async () => {
    const cohort = await exampleCohort({ clients: 3 });
    const drops = new Map(cohort.ids.slice(1).map((id) => [id, "masked-input"] as const));
    expect((await runInMemory({ ...cohort, wire: silentFrom(drops) })).end.ok).toBe(false);
    expect([...cohort.clients.values()].map(({ phase }) => phase)).toEqual(cohort.ids.map(() => "abandoned"));
  });
});

describe("a client that leaves of its own accord", () => {
  const goodbye = pack("abandon", COHORT_ID, abandonCodec, { reason: "abandoned", accused: NOBODY });

  it("over the terms says so at once", async () => {
    const cohort = await exampleCohort({
      clients: 5,
      expectations: (client) => (client === 4 ? { participationsLeft: 0 } : {}),
    });
    const { outbox } = await cohort.coordinator.advance();
    for (const [id, message] of outbox) {
      const output = await cohort.clients.get(id)?.receive(message);
      if (output?.reply) await cohort.coordinator.receive(id, output.reply);
    }
    expect(cohort.coordinator.awaited).toEqual([]);
    const { end } = await runInMemory(cohort);
    expect(end).toMatchObject({
      ok: true,
      result: { dropped: [{ clientId: cohort.ids[4], phase: "advertising", reason: "budget-spent" }] },
    });
  });

  it.each([
    ["advertisement", "advertising"],
    ["shares", "sharing"],
  ] as const)("after its %s is as if it had never come", async (last, phase) => {
    const cohort = await exampleCohort({ clients: 7 });
    const [stay, leave] = [cohort.ids.slice(0, 4), cohort.ids.slice(4)];
    const { end } = await runInMemory({
      ...cohort,
      wire: ({ client, kind, message }) =>
        kind === last && leave.includes(client) ? [message, goodbye] : [message],
    });
    if (!end.ok) throw new Error(end.message);
    expect(end.result.sum).toEqual(cohort.sumOf(stay));
    expect(end.result.dropped.map((dropped) => dropped.phase)).toEqual(leave.map(() => phase));
    // Nobody masked with those who left, so no secret of theirs is opened.
    expect(end.result.checkedSecrets).toBe(4);
  });

  it("after its advertisement is not counted when a quorum is", async () => {
    const cohort = await exampleCohort({ clients: 7 });
    const [silent, ...leave] = cohort.ids.slice(3);
    // Three of four are a quorum, three of seven would not be.
    const { end } = await runInMemory({
      ...cohort,
      wire({ client, kind, message }) {
        if (kind === "shares" && client === silent) return [];
        return kind === "advertisement" && leave.includes(client) ? [message, goodbye] : [message];
      },
    });
    expect(end).toMatchObject({ ok: true, result: { survivors: cohort.ids.slice(0, 3) } });
  });

  it("after its masked input is in the sum all the same", async () => {
    const cohort = await exampleCohort({ clients: 5 });
    const { end } = await runInMemory({
      ...cohort,
      wire: ({ client, kind, message }) =>
        kind === "masked-input" && client === cohort.ids[0] ? [message, goodbye] : [message],
    });
    expect(end).toMatchObject({ ok: true, result: { sum: cohort.sumOf(cohort.ids), survivors: cohort.ids } });
  });
});

describe("what was opened is overwritten", () => {
  it("after the sum", async () => {
    const { cohort, coordinator, seen } = await watchedCohort(async () => {});
    expect((await runInMemory({ ...cohort, coordinator })).end.ok).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((secret) => secret.every((byte) => byte === 0))).toBe(true);
  });

  it("when a secret cannot be opened", async () => {
    const { cohort, coordinator, seen } = await watchedCohort(async () => {});
    const [liar] = cohort.ids;
    const { end } = await runInMemory({
      ...cohort,
      coordinator,
      // The commitment comes first in the body: with another one the seed never fits.
      wire: ({ client, kind, message }) =>
        client === liar && kind === "shares" ? [message.with(22, (message.at(22) ?? 0) ^ 1)] : [message],
    });
    expect(end).toMatchObject({ ok: false, reason: "unrecoverable-secret", client: liar });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((secret) => secret.every((byte) => byte === 0))).toBe(true);
  });

  it("when the masks cannot be expanded, and the shares are left for another try", async () => {
    let broken = true;
    const masks: Bytes[] = [];
    const { cohort, coordinator } = await watchedCohort(async (asked) => {
      masks.push(...asked.map(({ key }) => key));
      if (broken) throw new Error("a worker died");
    });
    await expect(runInMemory({ ...cohort, coordinator })).rejects.toThrow("a worker died");
    expect(masks.every((key) => key.every((byte) => byte === 0))).toBe(true);
    broken = false;
    expect(await coordinator.advance()).toMatchObject({ ok: true, result: { checkedSecrets: 3 } });
  });
});
