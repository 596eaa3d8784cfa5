import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { expect, it } from "vitest";
import type { ByteSource } from "../../src/random/byte-source.js";
import { SecureClient } from "../../src/secagg/client/secure-client.js";
import { SecureCoordinator } from "../../src/secagg/coordinator/secure-coordinator.js";
import { addMasks } from "../../src/secagg/crypto/masks.js";
import { portablePrimitives } from "../../src/secagg/crypto/portable-primitives.js";
import { planCohort } from "../../src/secagg/graph/cohort-plan.js";
import { cohortGraph } from "../../src/secagg/graph/graph.js";
import { clientIdOf, selfCertified, signerFromSeed } from "../../src/secagg/identity.js";
import { type Leg, runInMemory } from "../../src/secagg/in-memory-cohort.js";
import { decode } from "../../src/secagg/messages/codec.js";
import { rosterCodec } from "../../src/secagg/messages/messages.js";
import { SECAGG_HEADER_BYTES } from "../../src/secagg/messages/packet.js";
import { sessionHash } from "../../src/secagg/transcript.js";
import { seededBytes } from "../privacy/support/seeded-bytes.js";
import { COHORT_ID, exampleTerms, expectationsOf } from "./support/example-cohort.js";
import { toySharing } from "./support/toy-sharing.js";

const CLIENTS = 9;
const terms = exampleTerms(CLIENTS, {
  minimumSurvivors: 7,
  dimension: 25,
  bits: 20,
  corrupt: 0.05,
  dropout: 0.25,
});

/** A source whose draws are written down. */
function recorded(seed: number): { source: ByteSource; draws: string[] } {
  const bytes = seededBytes(seed);
  const draws: string[] = [];
  const fill = (into: Uint8Array<ArrayBuffer>) => {
    bytes.fill(into);
    draws.push(bytesToHex(into));
  };
  return { source: { fill }, draws };
}

async function client(number: number) {
  const { source, draws } = recorded(number);
  const primitives = portablePrimitives(toySharing(source), source);
  const identitySeed = new Uint8Array(32).fill(number);
  const signer = await signerFromSeed(primitives, identitySeed);
  const clientId = clientIdOf(signer.publicKey);
  const input = Uint32Array.from({ length: terms.dimension }, (_, i) => 2 ** terms.bits - 1 - number * i);
  const expectations = expectationsOf(terms);
  const machine = new SecureClient({
    primitives,
    clientId,
    signer,
    identities: selfCertified,
    expectations,
    input,
  });
  return { clientId, identitySeed: bytesToHex(identitySeed), draws, input: [...input], machine };
}

it("is what docs/protocol.md says, byte for byte: one cohort of nine, of whom one drops after it has shared", async () => {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(i + 1)));
  const dropped = clients[1]?.clientId;
  const primitives = portablePrimitives(toySharing(seededBytes(0)), seededBytes(0));
  const coordinator = new SecureCoordinator({
    primitives,
    cohortId: COHORT_ID,
    terms,
    invited: new Set(clients.map(({ clientId }) => clientId)),
    identities: selfCertified,
  });
  const messages: { kind: string; to: string; client: string; bytes: string }[] = [];
  const wire = ({ kind, to, client: id, message }: Leg) => {
    if (kind === "masked-input" && id === dropped) return [];
    messages.push({ kind, to, client: id, bytes: bytesToHex(message) });
    return [message];
  };
  const machines = new Map(clients.map(({ clientId, machine }) => [clientId, machine]));
  const { end } = await runInMemory({ coordinator, clients: machines, wire });
  const planned = planCohort({ ...terms, clients: CLIENTS });
  const roster = messages.find(({ kind }) => kind === "roster");
  if (!planned.ok || !roster) throw new Error("no cohort");
  const body = decode(rosterCodec, hexToBytes(roster.bytes).subarray(SECAGG_HEADER_BYTES));
  if (!body) throw new Error("no roster");
  if (!end.ok) throw new Error(end.message);
  const survivors = clients.filter(({ clientId }) => clientId !== dropped);
  const expected = survivors[0]?.input.map(
    (_, i) => survivors.reduce((sum, { input }) => sum + (input[i] ?? 0), 0) % 2 ** terms.bits,
  );
  expect([...end.result.sum]).toEqual(expected);
  const vectors = {
    about:
      "One cohort of secure aggregation, as docs/protocol.md specifies it. A client's draws, in order: encryption secret, masking secret, nonce, self-mask seed; then the coefficients of its polynomials, of the seed's and then the masking key's: for each byte of the secret, x^1 first. Shares have the points 1, 2, … for the neighbours by ascending place, and the last for the dealer itself. An integer x stands for x or x − 2^bits.",
    cohortId: COHORT_ID,
    terms: { ...terms, taskHash: bytesToHex(terms.taskHash), modelHash: bytesToHex(terms.modelHash) },
    clients: clients.map(({ machine: _, ...made }) => made),
    dropped,
    plan: planned.plan,
    session: bytesToHex(sessionHash(COHORT_ID, terms, body)),
    messages,
    sum: [...end.result.sum],
  };
  await expect(`${JSON.stringify(vectors, undefined, 2)}\n`).toMatchFileSnapshot(
    "../../../test/vectors/secagg-cohort.json",
  );
});

it("has these masks", async () => {
  const primitives = portablePrimitives();
  const key = Uint8Array.from({ length: 32 }, (_, i) => i);
  const masks = [8, 12, 16, 17, 20, 24, 25, 32].map(async (bits) => {
    const values = new Uint32Array(20);
    await addMasks(primitives, [{ key, sign: 1 }], values, bits);
    return { bits, values: [...values] };
  });
  const vectors = {
    about: "A mask's first 20 values.",
    key: bytesToHex(key),
    masks: await Promise.all(masks),
  };
  await expect(`${JSON.stringify(vectors, undefined, 2)}\n`).toMatchFileSnapshot(
    "../../../test/vectors/secagg-masks.json",
  );
});

it("has these neighbours", async () => {
  const session = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
  const graphs = [
    { clients: 200, corrupt: 0.05, dropout: 0.05, adversary: "semi-honest" as const },
    { clients: 1000, corrupt: 0.05, dropout: 0.1, adversary: "semi-malicious" as const },
  ].map((assumptions) => {
    const planned = planCohort(assumptions);
    if (!planned.ok) throw new Error(planned.message);
    const graph = cohortGraph(planned.plan, assumptions.clients, session);
    const neighbours = [0, 1, assumptions.clients - 1].map((place) => ({
      place,
      of: graph.neighbours(place),
    }));
    return { ...assumptions, plan: planned.plan, neighbours };
  });
  const vectors = { about: "Places and their neighbours.", session: bytesToHex(session), graphs };
  await expect(`${JSON.stringify(vectors, undefined, 2)}\n`).toMatchFileSnapshot(
    "../../../test/vectors/secagg-graphs.json",
  );
});
