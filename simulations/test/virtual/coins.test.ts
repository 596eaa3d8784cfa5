import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, coin, coinsOf, hashOf, PURPOSE } from "../../src/virtual/coins.js";

describe("the coins of virtual clients", () => {
  it("are another stream for each client: no two share a seed", () => {
    const seeds = new Set(Array.from({ length: 200_000 }, (_, who) => hashOf(7, PURPOSE.people, 0, who)));
    expect(seeds.size).toBe(200_000);
  });

  it("are the same again for the same seed, purpose, time and client, and others for others", () => {
    const numbers = (seed: number, time: number, who: number) => {
      const random = coinsOf(seed, PURPOSE.training, time, who);
      return Array.from({ length: 4 }, () => random.uniform());
    };
    expect(numbers(1, 2, 3)).toEqual(numbers(1, 2, 3));
    for (const other of [numbers(2, 2, 3), numbers(1, 3, 3), numbers(1, 2, 4), numbers(1, 3, 2)]) {
      expect(other).not.toEqual(numbers(1, 2, 3));
    }
    expect(hashOf(1, PURPOSE.speed, 2, 3)).not.toBe(hashOf(1, PURPOSE.jitter, 2, 3));
  });

  it("are uniform over clients and over times", () => {
    const over = (draw: (i: number) => number) => {
      const counts = new Array(10).fill(0);
      for (let i = 0; i < 100_000; i++) counts[Math.floor(10 * draw(i))]++;
      return counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    };
    // Chi-square with 9 degrees of freedom: 40 is passed once in 130,000.
    expect(over((i) => coin(3, PURPOSE.dropout, 5, i))).toBeLessThan(40);
    expect(over((i) => coin(3, PURPOSE.dropout, i, 5))).toBeLessThan(40);
  });

  it("as bytes are one stream, however a request of whole words lies in memory", () =>
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(3), fc.integer({ min: 1, max: 60 }), (who, offset, words) => {
        const plain = new Uint8Array(4 * words);
        bytesOf(1, PURPOSE.sealing, 2, who).fill(plain);
        const shifted = new Uint8Array(new ArrayBuffer(4 * words + offset), offset);
        bytesOf(1, PURPOSE.sealing, 2, who).fill(shifted);
        expect(shifted).toEqual(plain);
        const apart = bytesOf(1, PURPOSE.sealing, 2, who);
        const halves = [new Uint8Array(4), new Uint8Array(4 * (words - 1))];
        for (const half of halves) apart.fill(half);
        expect(Buffer.concat(halves)).toEqual(Buffer.from(plain));
      }),
    ));

  it("fill what is no whole number of words to its end", () => {
    const bytes = new Uint8Array(4099);
    bytesOf(1, PURPOSE.sealing, 2, 3).fill(bytes);
    expect(bytes.subarray(4096).some((byte) => byte !== 0)).toBe(true);
    expect(new Set(bytes).size).toBe(256);
  });
});
