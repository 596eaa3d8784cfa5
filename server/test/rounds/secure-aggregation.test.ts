import {
  addMasks,
  type Bytes,
  clientIdOf,
  groupOf,
  platformPrimitives,
  randomSecret,
  SecureClient,
  selfCertified,
  shamir,
  signerFromSeed,
  taskHash,
} from "@tacit/shared";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createOptimiser } from "../../src/optimisers/create-optimiser.js";
import { type AggregationEnd, SecureAggregation } from "../../src/rounds/secure-aggregation.js";
import type { ModelVersion } from "../../src/store/store.js";
import { sealingOf } from "../support/masked-client.js";
import { smallTask } from "../support/small-task.js";

const task = smallTask({
  privacy: { noiseMultiplier: 4, maximumEpsilon: 100 },
  cohort: { size: 9, minimum: 9, groups: 3 },
});
const plan = sealingOf(task);
const head: ModelVersion = {
  modelVersion: 0,
  hash: "ab".repeat(32),
  previousHash: "0".repeat(64),
  parameters: new Float32Array(plan.updateLength),
  optimiserState: new Float32Array(0),
  noiseState: new Int32Array(0),
};
const primitives = await platformPrimitives(shamir);

async function client(value: number, minimum = groupOf(task.cohort).minimum) {
  const signer = await signerFromSeed(primitives, randomSecret(primitives));
  const clientId = clientIdOf(signer.publicKey);
  const expectations = {
    taskHash: taskHash(task),
    modelVersion: 0,
    modelHash: head.hash,
    bits: plan.bits,
    minimumCohort: minimum,
    minimumSurvivors: minimum,
    minimumCorrupt: 0,
    minimumDropout: 0,
    minimumThreshold: 2,
    minimumNoiseMultiplier: 4,
    maximumClip: plan.clip,
    adversary: "semi-honest",
    participationsLeft: 1,
  } as const;
  const input = new Uint32Array(plan.dimension).fill(value);
  return {
    clientId,
    value,
    secure: new SecureClient({
      primitives,
      clientId,
      signer,
      identities: selfCertified,
      expectations,
      input,
    }),
  };
}
type Client = Awaited<ReturnType<typeof client>>;

/** Runs a cohort in memory; `leaves` says who is gone once it has seen its first message. */
async function run(
  clients: readonly Client[],
  leaves: (first: string, clientId: string) => boolean = () => false,
) {
  const firsts = new Map<string, string>();
  const byId = new Map(clients.map((member) => [member.clientId, member]));
  const end = await new Promise<AggregationEnd>((resolve, reject) => {
    const aggregation = new SecureAggregation({
      aggregation: { task, taskHash: taskHash(task), plan, optimiser: createOptimiser(task.aggregation) },
      primitives,
      identities: selfCertified,
      addMasks: (masks, sum, bits) => addMasks(primitives, masks, sum, bits),
      logger: pino({ level: "silent" }),
      send: (clientId, message) => void answer(clientId, message).catch(reject),
      onCulprit: () => undefined,
    });
    const answer = async (clientId: string, message: Bytes) => {
      await Promise.resolve();
      if (!firsts.has(clientId)) firsts.set(clientId, Buffer.from(message).toString("hex"));
      if (leaves(firsts.get(clientId) ?? "", clientId)) return aggregation.left(clientId, true);
      const output = await byId.get(clientId)?.secure.receive(message);
      const reply = output?.reply;
      if (reply) await aggregation.receive(clientId, reply);
      else aggregation.left(clientId, true);
    };
    aggregation.begin(
      "ab".repeat(16),
      clients.map(({ clientId }) => clientId),
      head,
      resolve,
    );
  });
  return { end, firsts };
}

const nine = () => Promise.all(Array.from({ length: 9 }, (_, i) => client(10 ** (i % 3))));

describe("a cohort that is aggregated in groups", () => {
  it("opens each group's own sum, and of nobody else", async () => {
    const clients = await nine();
    const { end, firsts } = await run(clients);
    if (!end.ok) throw new Error(end.message);
    expect(new Set(firsts.values()).size).toBe(3);
    const expected = [...new Set(firsts.values())].map((first) =>
      clients.reduce((sum, { clientId, value }) => sum + (firsts.get(clientId) === first ? value : 0), 0),
    );
    expect(end.sums.map(({ sum }) => sum[0] ?? 0).sort()).toEqual(expected.sort());
    expect(end.sums.map(({ contributors }) => contributors)).toEqual([3, 3, 3]);
    expect(end.survivors.toSorted()).toEqual(clients.map(({ clientId }) => clientId).toSorted());
    expect(end.report).toMatchObject({ checkedSecrets: 9, lostGroups: [] });
  });

  it("goes on without a group that has become too small", async () => {
    const clients = await nine();
    const leaver = clients[0]?.clientId;
    const { end, firsts } = await run(clients, (_, clientId) => clientId === leaver);
    if (!end.ok) throw new Error(end.message);
    expect(end.sums).toHaveLength(2);
    expect(end.report.lostGroups).toHaveLength(1);
    const lost = firsts.get(leaver ?? "");
    for (const survivor of end.survivors) expect(firsts.get(survivor)).not.toBe(lost);
  });

  it("gives no sum where no group does", async () => {
    const { end } = await run(await nine(), () => true);
    expect(end.ok).toBe(false);
  });

  it("is left by a client that counts on a whole cohort's company", async () => {
    const clients = await Promise.all(Array.from({ length: 9 }, (_, i) => client(1, i === 0 ? 9 : 3)));
    const { end } = await run(clients);
    if (!end.ok) throw new Error(end.message);
    expect(end.survivors).toHaveLength(6);
  });
});
