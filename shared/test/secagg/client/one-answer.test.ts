import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runInMemory } from "../../../src/secagg/in-memory-cohort.js";
import {
  type Roster,
  rosterCodec,
  survivorsCodec,
  termsCodec,
  unmaskingCodec,
  unmaskRequestCodec,
} from "../../../src/secagg/messages/messages.js";
import { pack } from "../../../src/secagg/messages/packet.js";
import { sessionHash, survivorBytes } from "../../../src/secagg/transcript.js";
import { bodyOf, fiveClients, type Lie, runWith, VICTIM } from "../adversary/attack.js";
import { COHORT_ID, exampleCohort } from "../support/example-cohort.js";
import { idealPrimitives } from "../support/ideal-primitives.js";

const survivorsOf = (clients: readonly number[]) =>
  pack("survivors", COHORT_ID, survivorsCodec, { survivors: { of: 5, clients } });

/** What the client says, before it leaves, to two messages that come at the same time. */
async function toBothAtOnce(kind: "survivors" | "unmask-request", second: Uint8Array | "the same") {
  const replies: unknown[] = [];
  const lie: Lie = async ({ leg, cohort }) => {
    const client = cohort.clients.get(cohort.ids[VICTIM] ?? "");
    if (leg.kind !== kind || leg.client !== cohort.ids[VICTIM] || !client) return undefined;
    const both = [leg.message, second === "the same" ? leg.message : second];
    replies.push(...(await Promise.all(both.map((message) => client.receive(message)))));
    return [];
  };
  await runWith(lie);
  return replies;
}

describe("a client answers once", () => {
  it("two lists of survivors at once: it signs neither", async () => {
    expect(await toBothAtOnce("survivors", survivorsOf([1, 2, 3, 4]))).toMatchObject([
      { ok: false, reason: "abandoned" },
      { ok: false, reason: "second-survivor-list" },
    ]);
  });

  it("two requests for shares at once: it answers neither", async () => {
    expect(await toBothAtOnce("unmask-request", "the same")).toMatchObject([
      { ok: false, reason: "abandoned" },
      { ok: false, reason: "second-unmask-request" },
    ]);
  });

  it("and is deaf and dumb after it left", async () => {
    const { clients, coordinator, ids } = await exampleCohort({ clients: 3 });
    const [id = ""] = ids;
    const invitation = (await coordinator.advance()).outbox.get(id);
    expect(await clients.get(id)?.receive(new Uint8Array(3))).toMatchObject({ reason: "malformed" });
    for (const message of [invitation, new Uint8Array(3), "no bytes"]) {
      const output = await clients.get(id)?.receive(message);
      expect(output).toMatchObject({ ok: false, reason: "abandoned" });
      expect(output).not.toHaveProperty("reply");
    }
  });
});

/** A client that has sent its masked input, and four corrupt ones who sign every list for the coordinator. */
async function amongCorruptClients() {
  const cohort = await fiveClients();
  const id = cohort.ids[VICTIM] ?? "";
  let roster: Roster = { clients: [] };
  await runInMemory({
    ...cohort,
    wire({ to, client, kind, message }) {
      if (kind === "roster") roster = bodyOf(message, rosterCodec);
      return to === "client" && client === id && (kind === "survivors" || kind === "abandon")
        ? []
        : [message];
    },
  });
  const session = sessionHash(COHORT_ID, cohort.terms, roster);
  const primitives = idealPrimitives();
  const requestFor = async (clients: readonly number[]) => {
    const statement = survivorBytes(session, everybody, { of: 5, clients });
    const signatures = await Promise.all(
      [0, 1, 3, 4].map(async (from) => {
        const seed = cohort.identitySeeds.get(cohort.ids[from] ?? "") ?? new Uint8Array(32);
        return { from, signature: await primitives.sign(seed, statement) };
      }),
    );
    return pack("unmask-request", COHORT_ID, unmaskRequestCodec, { signatures });
  };
  /** The shares that the client gives away over all these messages, an answer each. */
  const reveals = async (asked: readonly Asked[]) => {
    const answers = [];
    for (const { kind, clients } of asked) {
      const message = kind === "survivors" ? survivorsOf(clients) : await requestFor(clients);
      const output = await cohort.clients.get(id)?.receive(message);
      if (output?.ok && kind === "request") answers.push(bodyOf(output.reply, unmaskingCodec).shares);
    }
    return answers;
  };
  return { reveals };
}

interface Asked {
  readonly kind: "survivors" | "request";
  readonly clients: readonly number[];
}
const everybody = { of: 5, clients: [0, 1, 2, 3, 4] };
const asked: fc.Arbitrary<Asked> = fc.record({
  kind: fc.constantFrom("survivors", "request"),
  clients: fc.constantFrom([0, 1, 2, 3], [1, 2, 3, 4], [0, 1, 2, 3, 4], [2, 3, 4]),
});

describe("a client never reveals both secrets of one peer, even where everybody else is corrupt", () => {
  it("but one of each, after a list and a quorum for that list", async () => {
    const { reveals } = await amongCorruptClients();
    const [shares = [], ...more] = await reveals([
      { kind: "survivors", clients: [1, 2, 3] },
      { kind: "request", clients: [1, 2, 3] },
    ]);
    expect(more).toEqual([]);
    expect(shares.map(({ of, kind }) => [of, kind])).toEqual([
      [0, "masking-key"],
      [1, "seed"],
      [2, "seed"],
      [3, "seed"],
      [4, "masking-key"],
    ]);
  });

  it("whatever it is asked, and in whatever order", () =>
    fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 6 }), async (script) => {
        const { reveals } = await amongCorruptClients();
        const answers = await reveals(script);
        expect(answers.length).toBeLessThanOrEqual(1);
        const owners = answers.flat().map(({ of }) => of);
        expect(new Set(owners).size).toBe(owners.length);
        const [first, second] = script;
        const asAgreed =
          first?.kind === "survivors" && second?.kind === "request" && first.clients === second.clients;
        expect(answers.length).toBe(asAgreed ? 1 : 0);
      }),
      { numRuns: 60 },
    ));
});

describe("a client is content", () => {
  it("with more than it demands", async () => {
    const cohort = await exampleCohort({
      clients: 5,
      terms: { adversary: "semi-malicious", corrupt: 0.2, noiseMultiplier: 2, clip: 0.25 },
      expectations: () => ({
        adversary: "semi-honest",
        minimumSurvivors: 1,
        minimumCorrupt: 0,
        minimumDropout: 0,
        minimumNoiseMultiplier: 0.1,
        maximumClip: 1,
        participationsLeft: 3,
      }),
    });
    expect((await runInMemory(cohort)).end.ok).toBe(true);
  });
});

describe("clients that were handed different models", () => {
  it("are in different sessions: even where nobody checks a signature, nothing of one opens for another", async () => {
    const otherModel = new Uint8Array(32).fill(0x99);
    const cohort = await exampleCohort({
      clients: 5,
      primitives: () => ({ ...idealPrimitives(), verify: async () => true }),
      expectations: (client) => (client === VICTIM ? { modelHash: bytesToHex(otherModel) } : {}),
    });
    const tampered = pack("invitation", COHORT_ID, termsCodec, { ...cohort.terms, modelHash: otherModel });
    const { left } = await runInMemory({
      ...cohort,
      wire: ({ client, kind, message }) =>
        kind === "invitation" && client === cohort.ids[VICTIM] ? [tampered] : [message],
    });
    expect([...left.values()].map(({ reason }) => reason)).toEqual(cohort.ids.map(() => "bad-share"));
  });
});
