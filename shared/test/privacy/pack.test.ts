import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packIntegers, unpackIntegers } from "../../src/privacy/pack.js";

const residues = fc.integer({ min: 8, max: 32 }).chain((bits) =>
  fc.record({
    bits: fc.constant(bits),
    values: fc.array(fc.integer({ min: 0, max: 2 ** bits - 1 }), { maxLength: 70 }),
  }),
);

describe("packing integers", () => {
  it("is undone by unpacking, at every width", () => {
    fc.assert(
      fc.property(residues, ({ bits, values }) => {
        const packed = packIntegers(Uint32Array.from(values), bits);
        expect([...unpackIntegers(packed, bits, values.length)]).toEqual(values);
      }),
    );
  });

  it("leaves no slack but the last byte's", () => {
    fc.assert(
      fc.property(residues, ({ bits, values }) => {
        const packed = packIntegers(Uint32Array.from(values), bits);
        expect(packed.length).toBe(Math.ceil((values.length * bits) / 8));
      }),
    );
  });

  it("puts the least significant bits first", () => {
    expect([...packIntegers(Uint32Array.of(0x123, 0xabc), 12)]).toEqual([0x23, 0xc1, 0xab]);
  });
});
