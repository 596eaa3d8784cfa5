import { describe, expect, it } from "vitest";
import { uniformIntegers } from "../../src/privacy/uniform-integers.js";
import type { ByteSource } from "../../src/random/byte-source.js";
import { residuesP } from "./support/goodness-of-fit.js";
import { seededBytes } from "./support/seeded-bytes.js";

describe("uniform integers", () => {
  const ones: ByteSource = { fill: (bytes) => void bytes.fill(0xff) };

  it.each([1, 2, 7, 8, 9, 29, 31, 32, 33, 47, 48, 49, 52, 53, 54, 64, 200])(
    "take as many bits as 2^%d needs, none less and none more",
    (bits) => {
      const limit = 1n << BigInt(bits);
      expect(uniformIntegers(ones)(limit)).toBe(limit - 1n);
    },
  );

  it.each([2, 3, 5, 100, 255, 257, 1000])("are uniform below %d", (limit) => {
    const below = uniformIntegers(seededBytes(limit));
    const draws = Int32Array.from({ length: 100_000 }, () => Number(below(BigInt(limit))));
    expect(draws.every((draw) => draw >= 0 && draw < limit)).toBe(true);
    expect(residuesP(draws, limit)).toBeGreaterThan(1e-4);
  });
});
