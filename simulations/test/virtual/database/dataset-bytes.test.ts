import { createCatalogue } from "@tacit/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ColumnsWriter } from "../../../src/virtual/columns/columns-writer.js";
import { decodeDataset, encodeDataset } from "../../../src/virtual/database/dataset-bytes.js";

const ITEMS = ["a", "b", "c"].map((id, i) => ({ id, features: { year: 1990 + i } }));
const FEATURES = [{ name: "year", kind: "numeric", minimum: 1900, maximum: 2030, scale: "linear" }] as const;

const interaction = fc.record({
  kind: fc.constantFrom("click" as const, "rating" as const, "impression" as const),
  row: fc.nat(2),
  at: fc.integer({ min: 0, max: 1e9 }),
  value: fc.option(fc.double({ min: -5, max: 5, noNaN: true }), { nil: undefined }),
  slate: fc.option(fc.nat(400), { nil: undefined }),
  position: fc.option(fc.nat(9), { nil: undefined }),
  propensity: fc.option(fc.constantFrom(0.25, 0.5, 1), { nil: undefined }),
});

describe("a data set on its way to other machines", () => {
  it("arrives with every number, in memory that threads share", () => {
    const catalogue = createCatalogue([...FEATURES], ITEMS);
    fc.assert(
      fc.property(fc.array(fc.array(interaction), { minLength: 1, maxLength: 6 }), (clients) => {
        const writer = new ColumnsWriter();
        for (const history of clients) {
          for (const one of history) writer.append(one);
          writer.endClient();
        }
        const population = { clients: clients.length, parts: [writer.finish(0)] };
        const arrived = decodeDataset(encodeDataset({ catalogue, population }));
        expect(arrived.population).toEqual(population);
        expect(arrived.population.parts[0]?.items.buffer).toBeInstanceOf(SharedArrayBuffer);
        expect(arrived.catalogue.features).toEqual(catalogue.features);
        expect(arrived.catalogue.index("c")).toBe(2);
      }),
    );
  });
});
