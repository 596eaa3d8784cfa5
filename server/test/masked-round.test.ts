import { CHUNK_BYTES, type ChainHead, encodeChunk, messageDigest, type TaskSpecInput } from "@tacit/shared";
import { afterEach, describe, expect, it } from "vitest";
import { type Coordinator, startCoordinator } from "../src/coordinator.js";
import type { CommittedRound } from "../src/rounds/round-driver.js";
import { type Answered, firstParameters, MaskedClient, sealingOf } from "./support/masked-client.js";
import { smallTask } from "./support/small-task.js";

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const maskedTask = (changes: Partial<TaskSpecInput> = {}) =>
  smallTask({
    privacy: { noiseMultiplier: 4, maximumParticipations: 20, maximumEpsilon: 100 },
    cohort: { size: 5, minimum: 3, timeoutSeconds: 1 },
    ...changes,
  });

async function start(task = maskedTask(), clients = 5) {
  const coordinator = await startCoordinator({ task, port: 0 });
  cleanups.push(() => coordinator.close());
  const members = await Promise.all(
    Array.from({ length: clients }, (_, i) => MaskedClient.join(coordinator.url, task, 1000 * (i + 1))),
  );
  cleanups.push(...members.map((member) => () => member.close()));
  return { coordinator, members, task };
}

const headOf = (coordinator: Coordinator): ChainHead => coordinator.status();

const committed = (coordinator: Coordinator): Promise<CommittedRound> =>
  new Promise((resolve) => coordinator.onRound(resolve));

describe("a masked round over sockets", () => {
  it("opens the exact mean of what nobody saw one by one, and says how it was checked", async () => {
    const { coordinator, members, task } = await start();
    await Promise.all(members.map((member) => member.enter(0)));
    const round = committed(coordinator);
    const news = members.map(
      (member) => new Promise((resolve) => member.raw.socket.once("cohort-committed", resolve)),
    );
    const replies = await Promise.all(members.map((member) => member.aggregate(headOf(coordinator))));
    for (const reply of replies.flat()) expect(reply).toEqual({ ok: true });
    expect((await round).round).toMatchObject({ modelVersion: 1, selected: 5, contributors: 5 });
    expect((await round).aggregation).toEqual({
      dropped: [],
      checkedSecrets: 5,
      badShares: [],
      lostGroups: [],
    });
    for (const told of await Promise.all(news)) expect(told).toMatchObject({ modelVersion: 1 });
    // All coordinates of a rotated vector of equal integers have one square sum, whatever the rotation.
    const before = firstParameters(task);
    const step = coordinator.parameters().map((value, i) => value - (before[i] ?? 0));
    const { scale, dimension } = sealingOf(task);
    expect(Math.hypot(...step)).toBeCloseTo((3000 * Math.sqrt(dimension)) / scale, 3);
  });

  it.each<[Answered, string, number]>([
    ["advertisement", "advertising", 4],
    ["shares", "sharing", 4],
    ["masked input", "masking", 4],
    ["consistency", "signing", 5],
    ["unmasking", "unmasking", 5],
  ])("goes on without a client that leaves before its %s", async (until, phase, contributors) => {
    const { coordinator, members } = await start();
    const [leaver, ...others] = members;
    await Promise.all(members.map((member) => member.enter(0)));
    const round = committed(coordinator);
    const head = headOf(coordinator);
    await Promise.all([leaver?.aggregate(head, until), ...others.map((member) => member.aggregate(head))]);
    expect((await round).round.contributors).toBe(contributors);
    expect((await round).aggregation?.dropped).toEqual([{ clientId: leaver?.id, phase }]);
  });

  it("gives up a cohort that has become too small; the same updates make the next one", async () => {
    const { coordinator, members } = await start();
    const invitations = await Promise.all(members.map((member) => member.enter(0)));
    const abandoned = members.map(
      (member) => new Promise((resolve) => member.raw.socket.once("cohort-abandoned", resolve)),
    );
    const head = headOf(coordinator);
    const outcomes = Promise.allSettled(
      members.map((member, i) => member.aggregate(head, i < 3 ? "masked input" : undefined)),
    );
    for (const told of await Promise.all(abandoned)) {
      expect(told).toMatchObject({ cohortId: invitations[0]?.cohortId });
    }
    // The two that went on are told within the protocol, too.
    const statuses = (await outcomes).map(({ status }) => status);
    expect(statuses).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
    expect(coordinator.status()).toMatchObject({ modelVersion: 0, phase: "waiting" });

    const round = committed(coordinator);
    await Promise.all(members.map((member, i) => member.enter(0, invitations[i]?.updateId)));
    await Promise.all(members.map((member) => member.aggregate(head)));
    expect((await round).round).toMatchObject({ modelVersion: 1, contributors: 5 });
  });

  it("refuses an update that comes unmasked", async () => {
    const { members } = await start();
    const [invitation] = await Promise.all(members.map((member) => member.enter(0)));
    if (!invitation) throw new Error("nobody was invited");
    expect(await members[0]?.raw.upload(invitation)).toMatchObject({ ok: false, reason: "wrong-encoding" });
  });
});

describe("an update that is longer than a frame", () => {
  const long = maskedTask({
    catalogue: { features: [{ name: "title", kind: "text", buckets: 4096 }] },
    model: { embedding: 20, hidden: 2, historyLength: 2 },
    cohort: { size: 3, minimum: 3, timeoutSeconds: 10 },
  });

  it("comes in parts, goes on after a reconnect where it stood, and counts only when it is whole", async () => {
    const { coordinator, members } = await start(long, 3);
    await Promise.all(members.map((member) => member.enter(0)));
    const round = committed(coordinator);
    const head = headOf(coordinator);
    await Promise.all(members.map((member) => sendInParts(member, head)));
    expect((await round).round.contributors).toBe(3);
  });

  async function sendInParts(member: MaskedClient, head: ChainHead): Promise<void> {
    const client = member.secureClient(head);
    for (let answers = 0; answers < 5; answers++) {
      const output = await client.receive(await member.next());
      if (!output.ok) throw new Error(output.reason);
      const { reply } = output;
      if (reply.length <= CHUNK_BYTES) {
        expect(await member.raw.say("secagg", reply)).toEqual({ ok: true });
        continue;
      }
      const digest = messageDigest(reply);
      const part = (offset: number) => member.raw.say("chunk", encodeChunk("secagg", reply, digest, offset));
      expect(await part(0)).toEqual({ ok: true, received: CHUNK_BYTES });
      // From the start, as after a lost connection: what is there is not taken twice.
      expect(await part(0)).toEqual({ ok: true, received: CHUNK_BYTES });
      expect(await part(CHUNK_BYTES)).toEqual({ ok: true });
      // The acknowledgement was lost: the same parts get the same answer, and count once.
      expect(await part(CHUNK_BYTES)).toEqual({ ok: true });
    }
  }
});
