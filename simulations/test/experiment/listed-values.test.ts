import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listedValues } from "../../src/experiment/listed-values.js";

describe("values by commas", () => {
  it("are told apart whatever JSON they are", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (values) => {
        const written = values.map((value) => JSON.stringify(value));
        expect(listedValues(written.join(","))).toEqual(written);
      }),
    );
  });

  it("may be words, and empty", () => {
    expect(listedValues("ucb,thompson")).toEqual(["ucb", "thompson"]);
    expect(listedValues("1,,2")).toEqual(["1", "", "2"]);
  });
});
