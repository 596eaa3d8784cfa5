import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../../../test/vectors/update-subspaces.json" with { type: "json" };
import { dimensionOf, sizeOf, trainedCount } from "../../../src/learning/structured-updates/block-sizes.js";
import { lowRank } from "../../../src/learning/structured-updates/low-rank.js";
import { randomMask } from "../../../src/learning/structured-updates/random-mask.js";
import type { Subspace } from "../../../src/learning/structured-updates/subspace.js";
import {
  type Block,
  keptCount,
  rankedLength,
} from "../../../src/learning/structured-updates/update-length.js";
import { anyBlocks, blocksOf, vectorOf } from "./blocks.js";

interface Kind {
  readonly name: string;
  draw(blocks: readonly Block[], seed: string): Subspace;
  /** Of the trained part of an update: how much of it the mean over seeds keeps, for matrices of this shorter side. */
  kept(shorter: number): number;
}

const KINDS: readonly Kind[] = [
  { name: "random-mask", draw: (blocks, seed) => randomMask(blocks, 0.3, seed), kept: () => 0.3 },
  { name: "low-rank", draw: (blocks, seed) => lowRank(blocks, 2, seed), kept: (shorter) => 2 / shorter },
];

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const near = (a: Float32Array, b: Float32Array) => {
  expect(a).toHaveLength(b.length);
  for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i] ?? Number.NaN, 4);
};
const project = ({ restrict, spread }: Subspace, update: Float32Array) => spread(restrict(update));

const spaceAndVectors = (draw: Kind["draw"]) =>
  fc
    .tuple(anyBlocks, fc.string())
    .chain(([blocks, seed]) =>
      fc.tuple(
        fc.constant({ blocks, space: draw(blocks, seed) }),
        vectorOf(dimensionOf(blocks)),
        vectorOf(dimensionOf(blocks)),
      ),
    );

describe.each(KINDS)("the subspace of a $name", ({ draw, kept }) => {
  it("has an orthonormal basis: what was spread is restricted to itself, and is as long", () => {
    fc.assert(
      fc.property(spaceAndVectors(draw), ([{ space }, vector]) => {
        const coordinates = vector.slice(0, space.length);
        const spread = space.spread(coordinates);
        near(space.restrict(spread), coordinates);
        expect(dot(spread, spread)).toBeCloseTo(dot(coordinates, coordinates), 3);
      }),
    );
  });

  it("is projected onto: twice is once, symmetrically, and never longer", () => {
    fc.assert(
      fc.property(spaceAndVectors(draw), ([{ space }, a, b]) => {
        const projected = project(space, a);
        near(project(space, projected), projected);
        expect(dot(projected, b)).toBeCloseTo(dot(a, project(space, b)), 2);
        expect(dot(projected, projected)).toBeLessThanOrEqual(dot(a, a) * (1 + 1e-5));
      }),
    );
  });

  it("keeps what nobody trains, at the end as it was", () => {
    fc.assert(
      fc.property(spaceAndVectors(draw), ([{ blocks, space }, update]) => {
        const prior = sizeOf(blocks.at(-1) ?? { offset: 0, rows: 0, columns: 0, differentiable: false });
        const histogram = update.subarray(update.length - prior);
        expect(space.restrict(update).subarray(space.length - prior)).toEqual(histogram);
        expect(project(space, update).subarray(update.length - prior)).toEqual(histogram);
      }),
    );
  });

  it("is the same for the same seed, and another for another", () => {
    const blocks = blocksOf([[8, 8]]);
    const update = Float32Array.from({ length: 64 }, (_, i) => i + 1);
    expect(draw(blocks, "a").restrict(update)).toEqual(draw(blocks, "a").restrict(update));
    expect(project(draw(blocks, "a"), update)).not.toEqual(project(draw(blocks, "b"), update));
  });

  it("favours no direction: over seeds the projection is in the mean a multiple of the identity", () => {
    const blocks = blocksOf([[4, 5]]);
    const update = Float32Array.from({ length: 20 }, (_, i) => (i % 7) - 3);
    const mean = new Float64Array(20);
    const draws = 4000;
    for (let seed = 0; seed < draws; seed++) {
      for (const [i, value] of project(draw(blocks, String(seed)), update).entries()) {
        mean[i] = (mean[i] ?? 0) + value / draws;
      }
    }
    // Deviations of a projected number are below 2.
    const error = (5 * 2) / Math.sqrt(draws);
    for (const [i, value] of mean.entries()) {
      expect(Math.abs(value - kept(4) * (update[i] ?? 0))).toBeLessThan(error);
    }
  });
});

describe("a random mask", () => {
  it("keeps the share that it says of what is trained, and leaves all else at zero", () => {
    fc.assert(
      fc.property(anyBlocks, fc.double({ min: 0.001, max: 1, noNaN: true }), (blocks, share) => {
        const space = randomMask(blocks, share, "seed");
        const trained = trainedCount(blocks);
        const ones = project(space, new Float32Array(dimensionOf(blocks)).fill(1)).subarray(0, trained);
        expect(ones.filter((value) => value === 1)).toHaveLength(keptCount(share, trained));
        expect(ones.every((value) => value === 0 || value === 1)).toBe(true);
        expect(space.length).toBe(dimensionOf(blocks) - trained + keptCount(share, trained));
      }),
    );
  });
});

describe("low rank", () => {
  it("is that of every matrix that was spread", () => {
    const sides = [
      [6, 8],
      [9, 5],
    ] as const;
    const blocks = blocksOf(sides);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), vectorOf(93), (rank, update) => {
        const projected = project(lowRank(blocks, rank, "seed"), update);
        for (const block of blocks) {
          expect(rankOf(block, projected)).toBeLessThanOrEqual(rank);
        }
      }),
    );
  });

  it("leaves vectors and narrow matrices whole, and of the others rank × the longer side", () => {
    const blocks = blocksOf([
      [1, 16],
      [16, 1],
      [16, 3],
      [3, 16],
      [16, 8],
      [8, 16],
      [200, 16],
    ]);
    expect(blocks.map((block) => rankedLength(block, 3))).toEqual([16, 16, 48, 48, 48, 48, 600]);
    const narrow = blocksOf([
      [1, 16],
      [16, 3],
    ]);
    const update = Float32Array.from({ length: 64 }, (_, i) => i);
    expect(lowRank(narrow, 3, "seed").restrict(update)).toEqual(update);
  });
});

describe("published vectors", () => {
  const { seed, randomMask: mask, lowRank: low } = vectors;
  const sides = vectors.blocks.map(({ rows, columns }) => [rows, columns] as const);
  const blocks = blocksOf(sides, 1);
  const update = Float32Array.from(vectors.update);

  it("have the same mask", () => {
    const space = randomMask(blocks, mask.share, seed);
    expect([...space.restrict(update)]).toEqual(mask.restricted);
    const places = Float32Array.from(update, (_, i) => i);
    expect([...space.restrict(places)]).toEqual(mask.places);
  });

  it("have the same factors of low rank", () => {
    const space = lowRank(blocks, low.rank, seed);
    near(space.restrict(update), Float32Array.from(low.restricted));
    near(project(space, update), Float32Array.from(low.spread));
  });
});

/** By Gaussian elimination with full rows as pivots; what is below 1e-3 is rounding. */
function rankOf({ offset, rows, columns }: Block, vector: Float32Array): number {
  const left = Array.from({ length: rows }, (_, row) =>
    Array.from(vector.subarray(offset + row * columns, offset + (row + 1) * columns)),
  );
  let rank = 0;
  for (let column = 0; column < columns; column++) {
    left.sort((a, b) => Math.abs(b[column] ?? 0) - Math.abs(a[column] ?? 0));
    const pivot = left[0];
    const head = pivot?.[column] ?? 0;
    if (!pivot || Math.abs(head) < 1e-3) continue;
    rank++;
    left.shift();
    for (const row of left) {
      const factor = (row[column] ?? 0) / head;
      for (let i = 0; i < columns; i++) row[i] = (row[i] ?? 0) - factor * (pivot[i] ?? 0);
    }
  }
  return rank;
}
