import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Coordinator, type CoordinatorOptions, startCoordinator } from "../../src/coordinator.js";
import { inviteEnrolment } from "../../src/identity/invite-enrolment.js";
import { createInvite } from "../../src/identity/invite-token.js";
import { openMemoryStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { MaskedClient } from "../support/masked-client.js";
import { freshId, joinAll, RawClient } from "../support/raw-client.js";
import { smallTask } from "../support/small-task.js";

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

let tasks = 0;
const newTask = (changes = {}) => smallTask({ name: `task-${tasks++}`, ...changes });
async function start(task = newTask(), options: Partial<CoordinatorOptions> = {}): Promise<Coordinator> {
  const coordinator = await startCoordinator({ task, port: 0, store, ...options });
  cleanups.push(() => coordinator.close());
  return coordinator;
}

const gone = (client: RawClient) => new Promise((resolve) => client.socket.once("disconnect", resolve));
/** As another process on the same database would. */
const revokeElsewhere = (client: RawClient) => store.identities.revoke(client.clientId, new Date());

describe("a revoked client", () => {
  it("is cut off at once, and refused when it comes back", async () => {
    const task = newTask();
    const coordinator = await start(task);
    const client = await RawClient.join(coordinator.url, task);
    const cut = gone(client);
    expect(await coordinator.revoke(client.clientId)).toBe("revoked");
    await cut;
    const back = await RawClient.connect(coordinator.url, task, client.identity);
    expect(await back.checkIn()).toMatchObject({ ok: false, reason: "revoked" });
    expect(await back.ready(0)).toMatchObject({ reason: "not-checked-in" });
    expect(coordinator.status().connected).toBe(0);
    expect(await coordinator.revoke(freshId())).toBe("unknown");
    back.close();
  });

  it("is told and cut off when it says ready, after another process revoked it", async () => {
    const task = newTask();
    const coordinator = await start(task);
    const client = await RawClient.join(coordinator.url, task);
    const cut = gone(client);
    await revokeElsewhere(client);
    expect(await client.ready(0)).toMatchObject({ ok: false, reason: "revoked" });
    await cut;
    expect(coordinator.status()).toMatchObject({ connected: 0, ready: 0 });
  });

  it("does not get its update into the sum of the cohort that it was invited to", async () => {
    const task = newTask();
    const coordinator = await start(task);
    const [eve, ...others] = await joinAll(coordinator.url, task, 3);
    if (!eve) throw new Error("three clients");
    const clients = [eve, ...others];
    await Promise.all(clients.map((client) => client.ready(0)));
    const [mine, ...theirs] = await Promise.all(clients.map((client) => client.invitation()));
    if (!mine) throw new Error("three invitations");
    const round = new Promise((resolve) => coordinator.onRound(resolve));
    await revokeElsewhere(eve);
    expect(await eve.upload(mine)).toMatchObject({ ok: false, reason: "revoked" });
    const uploads = theirs.map((invitation, i) => others[i]?.upload(invitation));
    expect(await Promise.all(uploads)).toEqual(Array(2).fill({ ok: true, modelVersion: 1 }));
    expect(await round).toMatchObject({ round: { selected: 3, contributors: 2 } });
  });

  it("is not taken into the roster of a masked cohort", async () => {
    const task = newTask({
      privacy: { noiseMultiplier: 4, maximumParticipations: 20, maximumEpsilon: 100 },
      cohort: { size: 5, minimum: 3, timeoutSeconds: 1 },
    });
    const coordinator = await start(task);
    const members = await Promise.all(
      Array.from({ length: 5 }, () => MaskedClient.join(coordinator.url, task, 1000)),
    );
    cleanups.push(...members.map((member) => () => member.close()));
    const [eve, ...others] = members;
    if (!eve) throw new Error("five clients");
    await Promise.all(members.map((member) => member.enter(0)));
    await revokeElsewhere(eve.raw);
    const round = new Promise((resolve) => coordinator.onRound(resolve));
    const head = coordinator.status();
    const [reply] = await Promise.all([
      (async () => {
        const output = await eve.secureClient(head).receive(await eve.next());
        return output.ok ? eve.raw.say("secagg", output.reply) : output;
      })(),
      ...others.map((member) => member.aggregate(head)),
    ]);
    expect(reply).toMatchObject({ ok: false, reason: "unknown-identity" });
    expect(await round).toMatchObject({ round: { selected: 5, contributors: 4 } });
  });
});

describe("an enrolled client", () => {
  it("needs a credential once, also after the coordinator has restarted", async () => {
    const { token: credential } = await createInvite(store.identities, { uses: 1, days: 1 });
    const task = newTask();
    const options = { enrolment: inviteEnrolment };
    const first = await start(task, options);
    const [ann, eve] = [await RawClient.connect(first.url, task), await RawClient.connect(first.url, task)];
    expect(await ann.checkIn()).toMatchObject({ ok: false, reason: "not-enrolled" });
    expect(await ann.checkIn({ credential })).toMatchObject({ ok: true });
    expect(await ann.checkIn()).toMatchObject({ ok: true });
    expect(await eve.checkIn({ credential })).toMatchObject({ ok: false, reason: "bad-credential" });
    expect(await eve.checkIn({ credential: "x".repeat(8193) })).toMatchObject({
      reason: "malformed",
      field: "credential",
    });
    await first.close();

    const second = await start(task, options);
    await RawClient.join(second.url, task, ann.identity);
    await second.revoke(ann.clientId);
    await second.close();

    const third = await start(task, options);
    const back = await RawClient.connect(third.url, task, ann.identity);
    expect(await back.checkIn({ credential })).toMatchObject({ ok: false, reason: "revoked" });
  });
});
