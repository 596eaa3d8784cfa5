import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinState, splitState } from "../../src/rounds/kept-state.js";

const vector = () =>
  fc.array(fc.float({ noNaN: true }), { maxLength: 5 }).map((values) => Float32Array.from(values));

describe("what is kept with a version", () => {
  it("comes back as it was", () => {
    fc.assert(
      fc.property(vector(), vector(), vector(), (rest, optimiser, prior) => {
        const lengths = { rest: rest.length, prior: prior.length };
        expect(splitState(joinState({ rest, optimiser, prior }), lengths)).toEqual({
          rest,
          optimiser,
          prior,
        });
      }),
    );
  });
});
