import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEntry, encodeEntry, lifetimeRho, participations } from "../../src/ledger/ledger.js";

const entry = fc.record({
  taskHash: fc.constantFrom("a", "b"),
  updateId: fc.uuid(),
  modelVersion: fc.nat(),
  releasesRho: fc.double({ min: 0, max: 10, noNaN: true }),
});

describe("the client's ledger", () => {
  it("counts each task's participations, and adds up what all tasks cost", () => {
    fc.assert(
      fc.property(fc.array(entry), (ledger) => {
        expect(participations(ledger, "a") + participations(ledger, "b")).toBe(ledger.length);
        const rho = ledger.reduce((sum, { releasesRho }) => sum + releasesRho, 0);
        expect(lifetimeRho(ledger)).toBeCloseTo(rho, 9);
      }),
    );
  });

  it("has entries that are the same after they were stored", () => {
    fc.assert(
      fc.property(entry, (one) => {
        expect(decodeEntry(encodeEntry(one))).toEqual(one);
      }),
    );
  });

  it.each(["", "{}", '["a"]', '{"taskHash":1,"updateId":"a","modelVersion":0,"releasesRho":1}'])(
    "does not read %j",
    (text) => {
      expect(() => decodeEntry(new TextEncoder().encode(text))).toThrow();
    },
  );
});
