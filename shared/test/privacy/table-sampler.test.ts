import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discreteGaussianWeights } from "../../src/privacy/integer-weights.js";
import { tableSampler } from "../../src/privacy/table-sampler.js";
import type { ByteSource } from "../../src/random/byte-source.js";

const SIGMA = 2;
const table = discreteGaussianWeights(SIGMA);
const reach = table.weights.length - 1;
const sampler = tableSampler(table);

/** What the sampler draws if the generator says these words. */
function drawWith(...words: readonly number[]): number {
  const queue = new Uint8Array(Uint32Array.from(words).buffer);
  let used = 0;
  const source: ByteSource = {
    fill(bytes) {
      bytes.set(queue.subarray(used, used + bytes.length));
      used += bytes.length;
    },
  };
  const draws = new Int32Array(1);
  sampler.fill(draws, source);
  return draws[0] ?? 0;
}

/** P[≤ x] in units of 2^−128, rounded down. */
const thresholds = Array.from({ length: 2 * reach + 1 }, (_, at) => {
  const weight = (x: number) => table.weights[Math.abs(x)] ?? 0n;
  const sum = (last: number) => {
    let total = 0n;
    for (let x = -reach; x <= last; x++) total += weight(x);
    return total;
  };
  return (sum(at - reach) << 128n) / sum(reach);
});

const wordsOf = (value: bigint) => [96n, 64n, 32n, 0n].map((shift) => Number((value >> shift) & 0xffffffffn));

describe("a table", () => {
  it("draws the first integer whose threshold is above the random number, also right beside the thresholds", () => {
    const besideThreshold = fc
      .record({ at: fc.nat(2 * reach - 1), away: fc.bigInt({ min: -2n, max: 2n }), shift: fc.nat(96) })
      .map(({ at, away, shift }) => (thresholds[at] ?? 0n) + (away << BigInt(shift)));
    const anywhere = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
    fc.assert(
      fc.property(fc.oneof(besideThreshold, anywhere), (number) => {
        fc.pre(number >= 0n && number < 1n << 128n);
        const first = thresholds.findIndex((threshold) => number < threshold);
        expect(drawWith(...wordsOf(number))).toBe((first < 0 ? 2 * reach : first) - reach);
      }),
      { numRuns: 2000 },
    );
  });

  it("breaks a tie in the first 32 bits by further ones, far into both tails", () => {
    // P[x ≤ −13] = 1.1e-10 < 2^−32: the whole tail below −12 ties on a first word of 0.
    // The first x with P[≤ x] ≥ 2^−128; what is less likely than that is counted as total variation.
    expect(drawWith(0, 0, 0, 0)).toBe(-26);
    expect(drawWith(0, 2 ** 32 - 1, 0, 0)).toBeGreaterThan(-15);
    expect(drawWith(2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1)).toBeGreaterThan(25);
    expect(drawWith(2 ** 32 - 1, 0, 0, 0)).toBeLessThan(15);
  });

  it("fills arrays of any length, also beyond its pool", () => {
    const bytes: ByteSource = { fill: (into) => void into.fill(0x80) };
    for (const length of [0, 1, 16_383, 16_384, 16_385, 40_000]) {
      const draws = new Int32Array(length).fill(99);
      sampler.fill(draws, bytes);
      expect(draws.every((draw) => draw === draws[0] && draw !== 99)).toBe(true);
    }
  });
});
