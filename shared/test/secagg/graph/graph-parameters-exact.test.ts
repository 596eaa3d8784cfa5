import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ADVERSARIES, graphParameters } from "../../../src/secagg/graph/graph-parameters.js";
import { exactParameters } from "./exact-parameters.js";

/** Fractions in percent, so that the oracle works on whole numbers alone. */
const assumptions = (most: number) =>
  fc.record({
    clients: fc.integer({ min: 3, max: most }),
    corrupt: fc.integer({ min: 0, max: 20 }),
    dropout: fc.integer({ min: 0, max: 25 }),
    adversary: fc.constantFrom(...ADVERSARIES),
  });

const found = ({ corrupt, dropout, ...rest }: Parameters<typeof exactParameters>[0]) =>
  graphParameters({ ...rest, corrupt: corrupt / 100, dropout: dropout / 100 });

describe("graph parameters, against whole-number arithmetic without rounding", () => {
  it("are the same for every cohort of 3 to 60 clients at the usual fractions", () => {
    for (let clients = 3; clients <= 60; clients++) {
      for (const adversary of ADVERSARIES) {
        const asked = { clients, corrupt: 5, dropout: 10, adversary };
        expect(found(asked), JSON.stringify(asked)).toEqual(exactParameters(asked));
      }
    }
  });

  it("are the same for any small cohort", () => {
    fc.assert(
      fc.property(assumptions(200), (asked) => {
        expect(found(asked)).toEqual(exactParameters(asked));
      }),
      { numRuns: 60 },
    );
  });

  it("are the same for any cohort up to 10,000 clients", () => {
    fc.assert(
      fc.property(assumptions(10_000), (asked) => {
        const exact = exactParameters(asked, 80);
        // Beyond the oracle's patience: only that no smaller degree was found.
        if (exact === "more") expect(found(asked)?.neighbours ?? 81).toBeGreaterThan(80);
        else expect(found(asked)).toEqual(exact);
      }),
      { numRuns: 40 },
    );
  });
});
