import type { Interaction } from "@tacit/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HistoryStore, RECORD_NAMES } from "../../src/history/history-store.js";

export const arbitraryInteraction: fc.Arbitrary<Interaction> = fc.record(
  {
    kind: fc.constantFrom("click" as const, "rating" as const, "dwell" as const),
    itemId: fc.string({ minLength: 1, maxLength: 40 }),
    at: fc.nat(),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    recommendationId: fc.string(),
  },
  { requiredKeys: ["kind", "itemId", "at"] },
);

/** What every history store keeps to. `open` gives an empty one. */
export function historyStoreContract(open: () => Promise<HistoryStore>): void {
  describe("as a history store", () => {
    it("is empty at first", async () => {
      const store = await open();
      expect(await store.interactions()).toEqual([]);
      for (const name of RECORD_NAMES) expect(await store.read(name)).toBeUndefined();
      await store.close();
    });

    it("returns interactions as they were and in order", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(arbitraryInteraction, { maxLength: 6 }), async (interactions) => {
          const store = await open();
          for (const interaction of interactions) await store.append(interaction);
          expect(await store.interactions()).toEqual(interactions);
          await store.close();
        }),
        { numRuns: 15 },
      );
    });

    it("keeps the order of appends that nobody waits for", async () => {
      const store = await open();
      const interactions = Array.from(
        { length: 20 },
        (_, at) => ({ kind: "click", itemId: "a", at }) as const,
      );
      await Promise.all(interactions.map((interaction) => store.append(interaction)));
      expect(await store.interactions()).toEqual(interactions);
      await store.close();
    });

    it("keeps each record apart, replaces it whole, and removes it", async () => {
      const store = await open();
      for (const [i, name] of RECORD_NAMES.entries()) await store.write(name, Uint8Array.of(i));
      await store.write("model", Uint8Array.of(1, 2, 3));
      expect(await store.read("model")).toEqual(Uint8Array.of(1, 2, 3));
      expect(await store.read("identity-key")).toEqual(Uint8Array.of(0));
      await store.remove("model");
      await store.remove("model");
      expect(await store.read("model")).toBeUndefined();
      await store.close();
    });

    it("keeps the newest interactions, as many as it is told, and the records", async () => {
      const store = await open();
      await store.write("consent", Uint8Array.of(7));
      const ids = async () => (await store.interactions()).map(({ itemId }) => itemId);
      for (const [at, itemId] of ["a", "b", "c", "d"].entries()) {
        await store.append({ kind: "click", itemId, at });
      }
      await store.trim(4);
      expect(await ids()).toEqual(["a", "b", "c", "d"]);
      await store.trim(2);
      expect(await ids()).toEqual(["c", "d"]);
      await store.append({ kind: "click", itemId: "e", at: 4 });
      expect(await ids()).toEqual(["c", "d", "e"]);
      await store.trim(0);
      expect(await ids()).toEqual([]);
      expect(await store.read("consent")).toEqual(Uint8Array.of(7));
      await store.close();
    });

    it("keeps the first charge under an id, among all others", async () => {
      const store = await open();
      expect(await store.charges()).toEqual([]);
      await Promise.all(["0a", "0b", "0c"].map((id, i) => store.charge(id, Uint8Array.of(i))));
      await store.charge("0b", Uint8Array.of(9));
      await store.trim(0);
      const charges = await store.charges();
      expect(charges.map(([first]) => first).sort()).toEqual([0, 1, 2]);
      await store.close();
    });

    it("gives its lock to one at a time, whoever asks, and bars nothing else by it", async () => {
      const store = await open();
      const asked = await Promise.all([store.lock(), store.lock(), store.lock()]);
      const [release, ...others] = asked.filter((given) => given !== undefined);
      expect(release).toBeDefined();
      expect(others).toEqual([]);
      expect(await store.lock()).toBeUndefined();
      await store.append({ kind: "click", itemId: "a", at: 1 });
      await release?.();
      const next = await store.lock();
      expect(next).toBeDefined();
      expect(await store.lock()).toBeUndefined();
      await next?.();
      await store.close();
    });

    it("is not changed through what it was given or what it returned", async () => {
      const store = await open();
      const bytes = Uint8Array.of(1);
      await store.write("task", bytes);
      bytes[0] = 9;
      const read = await store.read("task");
      if (read) read[0] = 8;
      expect(await store.read("task")).toEqual(Uint8Array.of(1));
      await store.close();
    });
  });
}
