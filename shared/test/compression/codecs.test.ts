import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CODECS, roundedTo } from "../../src/compression/codecs.js";
import { ENCODINGS } from "../../src/task/delivery-spec.js";

const numbers = (largest: number) =>
  fc.array(
    fc.oneof(
      fc.float({ noNaN: true, min: -largest, max: largest }),
      fc.float({ noNaN: true, min: -1, max: 1 }),
    ),
    {
      maxLength: 100,
    },
  );
const LARGEST = { float32: 1e38, float16: 65_000, int8: 1e38 };

describe.each(ENCODINGS)("%s", (encoding) => {
  const codec = CODECS[encoding];
  const round = (values: Float32Array) => {
    const bytes = codec.encode(values);
    if (!bytes) throw new Error("these can be encoded");
    expect(bytes.length).toBe(codec.bytes(values.length));
    return { bytes, values: codec.decode(bytes, values.length) };
  };

  it("rounds once and for all: what was decoded has the same bytes again", () => {
    fc.assert(
      fc.property(numbers(Math.fround(LARGEST[encoding])), (given) => {
        const once = round(Float32Array.from(given));
        expect(round(once.values)).toEqual(once);
      }),
    );
  });

  it("keeps zeros, and refuses what is not finite", () => {
    expect(round(new Float32Array(70)).values).toEqual(new Float32Array(70));
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(codec.encode(Float32Array.of(1, wrong))).toBeUndefined();
      expect(roundedTo(encoding, Float32Array.of(1, wrong), 2)).toBeUndefined();
    }
  });
});

describe("float16", () => {
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0x3c01, 1.0009765625],
    [0xc000, -2],
    [0x7bff, 65_504],
  ])("has %i for %d (IEEE 754)", (half, value) => {
    const bytes = CODECS.float16.encode(Float32Array.of(value)) ?? new Uint8Array();
    expect(bytes).toEqual(Uint8Array.of(half & 255, half >> 8));
    expect(CODECS.float16.decode(bytes, 1)[0]).toBe(value);
  });

  it("rounds ties to even, also into the next power of two, and refuses what would be infinite", () => {
    const of = (value: number) => roundedTo("float16", Float32Array.of(value), 1)?.[0];
    expect(of(2049)).toBe(2048);
    expect(of(2051)).toBe(2052);
    expect(of(4095)).toBe(4096);
    expect(of(65_519)).toBe(65_504);
    expect(of(65_520)).toBeUndefined();
  });

  it("errs by at most 2⁻¹¹ of a number, and by 2⁻²⁵ of one that is next to nothing", () => {
    fc.assert(
      fc.property(numbers(65_000), (given) => {
        const exact = Float32Array.from(given);
        for (const [i, value] of (roundedTo("float16", exact, exact.length) ?? []).entries()) {
          const size = Math.abs(exact[i] ?? 0);
          expect(Math.abs(value - (exact[i] ?? 0))).toBeLessThanOrEqual(Math.max(size * 2 ** -11, 2 ** -25));
        }
      }),
    );
  });
});

describe("int8", () => {
  it("errs by at most 1/127 of the largest number of its block of 32", () => {
    fc.assert(
      fc.property(numbers(Math.fround(1e38)), (given) => {
        const exact = Float32Array.from(given);
        for (const [i, value] of (roundedTo("int8", exact, exact.length) ?? []).entries()) {
          const first = 32 * Math.floor(i / 32);
          const largest = Math.max(...exact.subarray(first, first + 32).map(Math.abs));
          expect(Math.abs(value - (exact[i] ?? 0))).toBeLessThanOrEqual(Math.max(largest / 127, 2 ** -128));
        }
      }),
    );
  });

  it("has a byte a number and one a block, and leaves alone what follows the parameters", () => {
    expect(CODECS.int8.bytes(65)).toBe(68);
    const rounded = roundedTo("int8", Float32Array.of(1, 0.3, 0.123456), 2);
    expect(rounded?.[0]).toBe(1);
    expect(rounded?.[2]).toBe(Math.fround(0.123456));
  });
});
