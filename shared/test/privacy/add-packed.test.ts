import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addPacked } from "../../src/privacy/add-packed.js";
import { packIntegers } from "../../src/privacy/pack.js";
import { addSealed } from "../../src/privacy/sealed-sum.js";

const updates = fc.integer({ min: 8, max: 32 }).chain((bits) =>
  fc.integer({ min: 0, max: 70 }).chain((dimension) => {
    const residue = fc.integer({ min: 0, max: 2 ** bits - 1 });
    const values = fc.array(residue, { minLength: dimension, maxLength: dimension });
    return fc.record({ bits: fc.constant(bits), values, sum: values, offset: fc.nat(7), slack: fc.nat(255) });
  }),
);

describe("adding packed integers", () => {
  it("is adding them unpacked, at every width, wherever the bytes lie and whatever surrounds them", () => {
    fc.assert(
      fc.property(updates, ({ bits, values, sum, offset, slack }) => {
        const expected = Uint32Array.from(sum);
        addSealed({ bits }, expected, Uint32Array.from(values));
        const packed = packIntegers(Uint32Array.from(values), bits);
        const around = new Uint8Array(offset + packed.length + 3).fill(slack);
        around.set(packed, offset);
        const actual = Uint32Array.from(sum);
        addPacked({ bits }, actual, around.subarray(offset, offset + packed.length));
        expect(actual).toEqual(expected);
        expect(around.subarray(offset, offset + packed.length)).toEqual(packed);
      }),
      { numRuns: 500 },
    );
  });

  it("ignores the slack in the last byte", () => {
    const [clean, dirty] = [new Uint32Array(1), new Uint32Array(1)];
    addPacked({ bits: 12 }, clean, Uint8Array.of(0x23, 0x01));
    addPacked({ bits: 12 }, dirty, Uint8Array.of(0x23, 0xf1));
    expect([clean[0], dirty[0]]).toEqual([0x123, 0x123]);
  });
});
