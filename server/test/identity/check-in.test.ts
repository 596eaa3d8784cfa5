import { proveCheckIn } from "@tacit/shared";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Coordinator, startCoordinator } from "../../src/coordinator.js";
import { openMemoryStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { freshIdentity, RawClient } from "../support/raw-client.js";
import { smallTask } from "../support/small-task.js";

const task = smallTask();
let coordinator: Coordinator;
let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
  coordinator = await startCoordinator({ task, port: 0, store });
});
afterAll(async () => {
  await coordinator.close();
  await store.close();
});

const open: RawClient[] = [];
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});
const kept = (client: RawClient) => {
  open.push(client);
  return client;
};
const connect = async () => kept(await RawClient.connect(coordinator.url, task));
const join = async () => kept(await RawClient.join(coordinator.url, task));

/** Whoever was there is there still, and can go on. */
async function expectUndisturbed(client: RawClient): Promise<void> {
  expect(client.socket.connected).toBe(true);
  expect(await client.checkIn()).toMatchObject({ ok: true });
}

describe("a check-in", () => {
  it("with somebody else's id and one's own key is refused, and the owner stays connected", async () => {
    const [ann, eve] = [await join(), await connect()];
    const reply = await eve.checkIn({ clientId: ann.clientId });
    expect(reply).toMatchObject({ ok: false, reason: "bad-identity", field: "identityKey" });
    expect(await eve.ready(0)).toMatchObject({ reason: "not-checked-in" });
    await expectUndisturbed(ann);
  });

  it("with somebody else's id and key needs that key's signature", async () => {
    const [ann, eve] = [await join(), await connect()];
    const { identityKey } = await ann.checkInMessage();
    const reply = await eve.checkIn({ clientId: ann.clientId, identityKey });
    expect(reply).toMatchObject({ ok: false, reason: "bad-identity", field: "signature" });
    await expectUndisturbed(ann);
  });

  it("that was overheard is worth nothing on another connection", async () => {
    const ann = await join();
    const overheard = await ann.checkInMessage();
    const eve = await connect();
    expect(await eve.say("check-in", overheard)).toMatchObject({
      reason: "bad-identity",
      field: "signature",
    });
    await expectUndisturbed(ann);
  });

  it("cannot put a second key under an id: no other key has that hash", async () => {
    const [ann, second] = [await join(), await freshIdentity()];
    const { clientId, taskHash, nonce } = ann;
    const proof = await proveCheckIn(second.signer, { nonce, taskHash, clientId });
    expect(await ann.checkIn(proof)).toMatchObject({ reason: "bad-identity", field: "identityKey" });
    await expectUndisturbed(ann);
  });

  it("for another client cannot follow on the same connection, one after the other or both at once", async () => {
    const ann = await join();
    const other = { ...(await freshIdentity()), taskHash: ann.taskHash };
    const proof = await proveCheckIn(other.signer, { ...other, nonce: ann.nonce });
    const asOther = { clientId: other.clientId, ...proof };
    expect(await ann.checkIn(asOther)).toMatchObject({ reason: "malformed", field: "clientId" });
    // Nor is a key enrolled by it, or an invite used up.
    expect(await store.identities.client(other.clientId)).toBeUndefined();
    const fresh = await connect();
    const both = await Promise.all([
      fresh.checkIn(),
      fresh.checkIn({
        ...asOther,
        ...(await proveCheckIn(other.signer, { ...other, nonce: fresh.nonce })),
      }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("of a client that is gone before it is answered leaves nobody connected", async () => {
    await expect.poll(() => coordinator.status().connected).toBe(0);
    const ann = await connect();
    ann.socket.emit("check-in", await ann.checkInMessage());
    ann.close();
    const next = await join();
    await expect.poll(() => coordinator.status().connected).toBe(1);
    next.close();
    await expect.poll(() => coordinator.status().connected).toBe(0);
  });
});
