import { describe, expect, it } from "vitest";
import { COHORT, clicks, coordinate, embed, storeOf, updateIdOf } from "./support/embed.js";

/** Two apps on one store, as two tabs or processes are; the first has its turn. */
async function two() {
  const coordinator = coordinate();
  const store = await storeOf();
  const first = embed(coordinator, { store, consent: true });
  const ready = await coordinator.hears("ready");
  const second = embed(coordinator, { store, consent: true });
  await second.ready;
  return { coordinator, store, first, second, updateId: updateIdOf(ready) };
}

const clientIdOf = (checkIn: unknown): string =>
  typeof checkIn === "object" && checkIn !== null && "clientId" in checkIn ? String(checkIn.clientId) : "";

describe("two apps on one store", () => {
  it("take part one at a time, while both recommend and track", async () => {
    const { coordinator, second } = await two();
    expect(coordinator.connections).toBe(1);
    expect(second.status().connected).toBe(false);
    expect(await second.train()).toMatchObject({ ok: false, reason: "paused" });
    expect((await second.recommend({ count: 2 })).modelVersion).toBe(0);
    expect(await second.track({ kind: "click", itemId: "heat" })).toEqual({ ok: true });
    expect(coordinator.connections).toBe(1);
  });

  it("are one client with one update, which the next in turn sends as it is and charges no second time", async () => {
    const { coordinator, first, second, updateId } = await two();
    coordinator.invite(updateId, COHORT);
    const sent = coordinator.upload(await coordinator.hears("upload"));
    await first.close();
    expect(updateIdOf(await coordinator.hears("ready", 2))).toBe(updateId);
    expect(coordinator.connections).toBe(1);
    coordinator.invite(updateId, "d".repeat(32));
    expect(coordinator.upload(await coordinator.hears("upload", 2)).values).toEqual(sent.values);
    expect(second.privacy.report().participations).toBe(1);
    const checkIns = [await coordinator.hears("check-in"), await coordinator.hears("check-in", 2)];
    expect(new Set(checkIns.map(clientIdOf)).size).toBe(1);
  });

  it("make one pseudonym, also where both are new", async () => {
    const coordinator = coordinate();
    const store = await storeOf();
    const apps = [embed(coordinator, { store, consent: true }), embed(coordinator, { store, consent: true })];
    const first = clientIdOf(await coordinator.hears("check-in"));
    apps.find((app) => app.status().connected)?.pause();
    expect(clientIdOf(await coordinator.hears("check-in", 2))).toBe(first);
  });

  it("count together: what one charged limits the other", async () => {
    const { coordinator, store, second, updateId } = await two();
    const other = { taskHash: coordinator.taskHash, modelVersion: 0, releasesRho: 0 };
    for (const digit of "12345") {
      const entry = { ...other, updateId: digit.repeat(32) };
      await store.charge(entry.updateId, new TextEncoder().encode(JSON.stringify(entry)));
    }
    coordinator.invite(updateId, COHORT);
    await coordinator.hears("withdraw");
    expect(coordinator.requests.map(({ event }) => event)).not.toContain("upload");
    expect((await second.export()).privacy).toMatchObject({ participations: 5, limitReached: /particip/ });
  });

  it("see a consent that the other has withdrawn", async () => {
    const { coordinator, store, first, second, updateId } = await two();
    await second.consent.deny();
    expect(await first.track({ kind: "click", itemId: "heat" })).toMatchObject({ reason: "no-consent" });
    coordinator.invite(updateId, COHORT);
    await coordinator.hears("withdraw");
    expect(coordinator.requests.map(({ event }) => event)).not.toContain("upload");
    expect(await store.charges()).toEqual([]);
    expect(await first.train()).toMatchObject({ ok: false, reason: "no-consent" });
  });

  it("send nothing that the other has had erased", async () => {
    const { coordinator, store, second, updateId } = await two();
    await second.forget();
    coordinator.invite(updateId, COHORT);
    await coordinator.hears("withdraw");
    expect(coordinator.requests.map(({ event }) => event)).not.toContain("upload");
    expect(await store.charges()).toEqual([]);
  });

  it("offer nothing learned from a history that the other erased meanwhile", async () => {
    const coordinator = coordinate();
    const store = await storeOf();
    const erasing = {
      ...store,
      interactions: async () => {
        const read = await store.interactions();
        if (trains) await store.trim(0);
        return read;
      },
    };
    let trains = false;
    const app = embed(coordinator, { store: erasing, consent: true, automatic: false });
    await coordinator.hears("check-in");
    trains = true;
    expect(await app.train()).toMatchObject({ ok: false, reason: "paused" });
    expect(await store.read("update")).toBeUndefined();
    expect(app.status().pendingUpdate).toBe(false);
  });

  it("learn from what both have tracked", async () => {
    const { coordinator, first, second } = await two();
    await first.track({ kind: "click", itemId: "heat", at: 8 });
    await second.track({ kind: "click", itemId: "brazil", at: 9 });
    const { interactions } = await first.export();
    expect(interactions.map(({ itemId }) => itemId)).toEqual([
      ...clicks.map(({ itemId }) => itemId),
      "heat",
      "brazil",
    ]);
    expect(coordinator.connections).toBe(1);
  });
});
