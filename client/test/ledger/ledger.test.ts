import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charge, decodeLedger, encodeLedger, type Ledger, participations } from "../../src/ledger/ledger.js";

const entry = fc.record({
  taskHash: fc.constantFrom("a", "b"),
  updateId: fc.constantFrom("1", "2", "3", "4", "5"),
  modelVersion: fc.nat(),
});

describe("the client's ledger", () => {
  it("charges every update exactly once, however often it is sent", () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const ledger = entries.reduce<Ledger>(charge, []);
        const distinct = new Set(entries.map(({ updateId }) => updateId));
        expect(ledger).toHaveLength(distinct.size);
        expect(participations(ledger, "a") + participations(ledger, "b")).toBe(distinct.size);
      }),
    );
  });

  it("is the same after it was stored", () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ updateId }) => updateId }), (ledger) => {
        expect(decodeLedger(encodeLedger(ledger))).toEqual(ledger);
      }),
    );
  });

  it.each(["", "{}", '["a"]', '[{"taskHash":1,"updateId":"a","modelVersion":0}]'])(
    "does not read %j",
    (text) => {
      expect(() => decodeLedger(new TextEncoder().encode(text))).toThrow();
    },
  );
});
