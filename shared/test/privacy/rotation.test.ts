import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publicSigns } from "../../src/privacy/public-signs.js";
import { createRotation } from "../../src/privacy/rotation.js";
import { walshHadamard } from "../../src/privacy/walsh-hadamard.js";
import { seededRandom } from "../../src/random/random.js";

const DIMENSIONS = [1, 2, 3, 4, 5, 7, 8, 16, 17, 31, 100, 255, 257, 1000, 4096, 5000, 65_537, 100_003];

const normal = (dimension: number) => {
  const random = seededRandom(dimension);
  return Float32Array.from({ length: dimension }, () => random.normal());
};

describe("the Walsh–Hadamard transform", () => {
  it("is the orthonormal matrix of Sylvester's signs", () => {
    for (const size of [1, 2, 4, 8, 16, 32]) {
      for (let column = 0; column < size; column++) {
        const vector = new Float32Array(size);
        vector[column] = 1;
        walshHadamard(vector, 0, size);
        vector.forEach((value, row) => {
          const ones = (row & column).toString(2).replaceAll("0", "").length;
          expect(value).toBeCloseTo((ones % 2 ? -1 : 1) / Math.sqrt(size), 6);
        });
      }
    }
  });
});

describe("the public signs", () => {
  it("are the same for a seed, others for another, and half of them set", () => {
    const signs = publicSigns("seed", 100_000);
    expect(publicSigns("seed", 100_000)).toEqual(signs);
    expect(publicSigns("another", 100_000)).not.toEqual(signs);
    const set = signs.reduce((sum, word) => sum + word.toString(2).replaceAll("0", "").length, 0);
    expect(Math.abs(set - 50_000)).toBeLessThan(4 * Math.sqrt(25_000));
  });

  it("do not change from version to version", () => {
    expect([...publicSigns("tacit", 64)].map((word) => word.toString(16))).toEqual(["5450f7c1", "71e29ca0"]);
  });
});

describe("the rotation", () => {
  it.each(DIMENSIONS)("keeps norms and is undone, at dimension %d", (dimension) => {
    const { rotate, unrotate } = createRotation(dimension, "seed");
    const before = normal(dimension);
    const vector = before.slice();
    rotate(vector);
    expect(Math.hypot(...vector) / Math.hypot(...before)).toBeCloseTo(1, 5);
    if (dimension > 4) expect(vector).not.toEqual(before);
    unrotate(vector);
    vector.forEach((value, i) => {
      expect(Math.abs(value - (before[i] ?? 0))).toBeLessThan(1e-5);
    });
  });

  it("is linear: the sum of rotated vectors is the rotated sum", () => {
    const { rotate } = createRotation(777, "seed");
    const [a, b] = [normal(777), normal(778).subarray(0, 777).slice()];
    const sum = a.map((value, i) => value + (b[i] ?? 0));
    for (const vector of [a, b, sum]) rotate(vector);
    sum.forEach((value, i) => {
      expect(Math.abs(value - (a[i] ?? 0) - (b[i] ?? 0))).toBeLessThan(1e-4);
    });
  });

  it("spreads a spike over every coordinate, wherever it stands and whatever the dimension", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20_000 }), fc.nat(), (dimension, at) => {
        const vector = new Float32Array(dimension);
        vector[at % dimension] = 1;
        createRotation(dimension, "seed").rotate(vector);
        const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        expect(largest * Math.sqrt(dimension)).toBeLessThan(6);
      }),
      { numRuns: 60 },
    );
  });

  it("gives a constant vector no coordinate far from the others", () => {
    const vector = new Float32Array(50_000).fill(1);
    createRotation(vector.length, "seed").rotate(vector);
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeLessThan(6);
  });
});
