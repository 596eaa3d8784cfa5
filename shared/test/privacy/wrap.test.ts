import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { centre, wrap } from "../../src/privacy/wrap.js";

describe("wrapping modulo 2^bits", () => {
  it("is undone by centring for whatever fits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 32 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        (bits, parts) => {
          const integers = parts.map((part) => Math.floor(part * (2 ** bits - 1)) - 2 ** (bits - 1));
          expect([...centre(wrap(Float64Array.from(integers), bits), bits)]).toEqual(integers);
        },
      ),
    );
  });

  it("keeps both ends of the range", () => {
    expect([...centre(wrap(Float64Array.of(-128, 127), 8), 8)]).toEqual([-128, 127]);
    expect([...centre(wrap(Float64Array.of(-(2 ** 31), 2 ** 31 - 1), 32), 32)]).toEqual([
      -(2 ** 31),
      2 ** 31 - 1,
    ]);
  });

  it("comes round beyond them", () => {
    expect([...centre(wrap(Float64Array.of(128, -129), 8), 8)]).toEqual([-128, 127]);
  });
});
