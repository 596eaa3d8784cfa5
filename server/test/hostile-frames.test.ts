import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Coordinator, startCoordinator } from "../src/coordinator.js";
import { completeRound, freshId, joinAll, RawClient } from "./support/raw-client.js";
import { smallTask } from "./support/small-task.js";

const task = smallTask({
  rounds: 1000,
  cohort: { size: 3, minimum: 3, timeoutSeconds: 5 },
  privacy: { mode: "local", noiseMultiplier: 50, maximumParticipations: 900, maximumEpsilon: 100 },
});
const EVENTS = ["check-in", "ready", "withdraw", "upload", "cohort", "else"] as const;

let coordinator: Coordinator;
let honest: RawClient[];
let rounds = 0;
beforeAll(async () => {
  coordinator = await startCoordinator({ task, port: 0 });
  honest = await joinAll(coordinator.url, task, 3);
});
afterAll(async () => {
  for (const client of honest) client.close();
  await coordinator.close();
});

/** The process lives, and honest clients finish a round as if nothing had happened. */
async function expectUnharmed(): Promise<void> {
  const { modelVersion } = coordinator.status();
  const replies = await completeRound(honest, modelVersion);
  expect(replies).toEqual(Array(3).fill({ ok: true, modelVersion: modelVersion + 1 }));
  rounds++;
  expect(coordinator.status().modelVersion).toBe(rounds);
  expect(coordinator.parameters().every(Number.isFinite)).toBe(true);
}

const sendable = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.jsonValue(),
  fc.constantFrom<unknown>(Number.NaN, Number.POSITIVE_INFINITY, null, undefined, "", -1),
);

describe("a hostile client", () => {
  it("gets a typed refusal for whatever it sends as whatever event, and changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...EVENTS),
        fc.array(sendable, { maxLength: 3 }),
        async (event, payload) => {
          const before = coordinator.status();
          const client = await RawClient.connect(coordinator.url, task);
          const reply = await client.say(event, ...payload);
          expect(reply).toMatchObject({ ok: false, reason: expect.any(String), message: expect.any(String) });
          client.close();
          expect(coordinator.status().modelHash).toBe(before.modelHash);
        },
      ),
      { numRuns: 60 },
    );
    await expectUnharmed();
  });

  it("gets one for every corruption of a packet that was good", async () => {
    const eve = await RawClient.join(coordinator.url, task);
    const { modelVersion } = coordinator.status();
    const good = eve.packet({ cohortId: freshId(), updateId: freshId(), modelVersion });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(40),
        async (at, flip, cut) => {
          const bad = good.slice(0, good.length - cut);
          if (at < bad.length) bad[at] = (bad[at] ?? 0) ^ flip;
          const client = await RawClient.join(coordinator.url, task);
          expect(await client.say("upload", bad)).toMatchObject({ ok: false });
          client.close();
        },
      ),
      { numRuns: 40 },
    );
    eve.close();
    await expectUnharmed();
  });

  it("cannot claim a huge dimension, and cannot send a huge frame", async () => {
    const eve = await RawClient.join(coordinator.url, task);
    const { modelVersion } = coordinator.status();
    const packet = eve.packet({ cohortId: freshId(), updateId: freshId(), modelVersion });
    for (let offset = 0; offset + 4 <= 80; offset += 4) {
      const huge = packet.slice();
      huge.fill(0xff, offset, offset + 4);
      const client = await RawClient.join(coordinator.url, task);
      expect(await client.say("upload", huge)).toMatchObject({ ok: false });
      client.close();
    }
    const cut = new Promise((resolve) => eve.socket.once("disconnect", resolve));
    eve.socket.emit("upload", randomBytes(50_000_000));
    await cut;
    await expectUnharmed();
  });

  it("cannot speak out of order, replay, or upload into a cohort it is not in", async () => {
    const { modelVersion } = coordinator.status();
    const stranger = await RawClient.connect(coordinator.url, task);
    expect(await stranger.ready(modelVersion)).toMatchObject({ reason: "not-checked-in" });
    const eve = await RawClient.join(coordinator.url, task);
    const mine = { cohortId: freshId(), updateId: freshId(), modelVersion };
    expect(await eve.say("upload", eve.packet(mine))).toMatchObject({ reason: "not-in-cohort" });
    expect(await eve.ready(modelVersion + 5)).toMatchObject({ reason: "future" });

    const updates = honest.map(() => freshId());
    await Promise.all(honest.map((client, i) => client.ready(modelVersion, updates[i])));
    const [invitation, ...others] = await Promise.all(honest.map((client) => client.invitation()));
    if (!invitation) throw new Error("three invitations");
    expect(await eve.say("upload", eve.packet(invitation))).toMatchObject({
      ok: false,
      reason: "not-in-cohort",
    });
    const uploads = [invitation, ...others].map((one, i) => honest[i]?.upload(one));
    expect(await Promise.all(uploads)).toEqual(Array(3).fill({ ok: true, modelVersion: modelVersion + 1 }));
    rounds++;
    expect(await eve.say("upload", eve.packet(invitation))).toMatchObject({ ok: false, reason: "late" });
    stranger.close();
    eve.close();
    await expectUnharmed();
  });

  it("is cut off when it floods, while others are served", async () => {
    const eve = await RawClient.join(coordinator.url, task);
    const cut = new Promise((resolve) => eve.socket.once("disconnect", resolve));
    for (let i = 0; i < 2000; i++) eve.socket.emit("ready", { version: 1 }, () => {});
    await cut;
    await expectUnharmed();
  });
});
