import { publicWords } from "../../random/public-words.js";
import { dimensionOf, sizeOf } from "./block-sizes.js";
import { orthonormalBasis } from "./orthonormal-basis.js";
import type { Subspace } from "./subspace.js";
import { type Block, rankedLength } from "./update-length.js";

/**
 * Each matrix H changes by one of low rank, H = A·B where it has no more rows than columns and H = B·Aᵀ otherwise: A has
 * orthonormal columns that are drawn at random, and only B is trained and sent (structured updates: Konečný et al. 2016,
 * arXiv 1610.05492, §2; with differential privacy Sun et al. 2024, arXiv 2403.12313). A is on the shorter side, so that a
 * rank keeps as much of a long matrix as of a short one. Blocks whose shorter side is no longer than the rank stay whole.
 */
export function lowRank(blocks: readonly Block[], rank: number, seed: string): Subspace {
  const factors = factorsOf(blocks, rank, seed);
  const length = factors.reduce((sum, { restricted }) => sum + restricted, 0);
  const dimension = dimensionOf(blocks);
  return {
    length,
    restrict(update) {
      const into = new Float32Array(length);
      for (const { block, start, restricted, basis } of factors) {
        if (!basis) into.set(update.subarray(block.offset, block.offset + restricted), start);
        else {
          const { h, b, sides } = viewsOf(block, rank, update, into, start);
          multiply(b, { values: basis, start: 0, row: 1, column: rank }, h, [rank, sides.long, sides.short]);
        }
      }
      return into;
    },
    spread(update) {
      const into = new Float32Array(dimension);
      for (const { block, start, restricted, basis } of factors) {
        if (!basis) into.set(update.subarray(start, start + restricted), block.offset);
        else {
          const { h, b, sides } = viewsOf(block, rank, into, update, start);
          multiply(h, { values: basis, start: 0, row: rank, column: 1 }, b, [sides.short, sides.long, rank]);
        }
      }
      return into;
    },
  };
}

interface Factor {
  readonly block: Block;
  /** Where its update is in the restricted vector, and how long it is. */
  readonly start: number;
  readonly restricted: number;
  /** A, shorter side × rank, row-major; undefined where the block stays whole. */
  readonly basis: Float64Array | undefined;
}

/** The words of all bases are one stream, in the order of the blocks. */
function factorsOf(blocks: readonly Block[], rank: number, seed: string): readonly Factor[] {
  const drawn = blocks.map((block) =>
    rankedLength(block, rank) < sizeOf(block) ? rank * Math.min(block.rows, block.columns) : 0,
  );
  const words = publicWords(
    "tacit-subspace-v1",
    seed,
    drawn.reduce((sum, count) => sum + count, 0),
  );
  let [start, word] = [0, 0];
  return blocks.map((block, place) => {
    const restricted = rankedLength(block, rank);
    const count = drawn[place] ?? 0;
    const basis = count > 0 ? orthonormalBasis(words.subarray(word, word + count), rank) : undefined;
    const factor = { block, start, restricted, basis };
    start += restricted;
    word += count;
    return factor;
  });
}

/** A matrix in an array: where its first number is, and how far the next row and the next column are. */
interface View {
  readonly values: Float32Array | Float64Array;
  readonly start: number;
  readonly row: number;
  readonly column: number;
}

/** H and B with the shorter side's index first: shorter × longer, and rank × longer. */
function viewsOf(
  { offset, rows, columns }: Block,
  rank: number,
  update: Float32Array,
  restricted: Float32Array,
  start: number,
) {
  const wide = rows <= columns;
  const [short, long] = wide ? [rows, columns] : [columns, rows];
  const [h, b] = wide ? [columns, columns] : [1, 1];
  return {
    h: { values: update, start: offset, row: h, column: wide ? 1 : columns },
    b: { values: restricted, start, row: b, column: wide ? 1 : rank },
    sides: { short, long },
  };
}

/** `into` = `left` · `right`, which are rows × inner and inner × columns. */
function multiply(
  into: View,
  left: View,
  right: View,
  [rows, columns, inner]: readonly [number, number, number],
): void {
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      let sum = 0;
      for (let j = 0; j < inner; j++) {
        const factor = left.values[left.start + i * left.row + j * left.column] ?? 0;
        sum += factor * (right.values[right.start + j * right.row + k * right.column] ?? 0);
      }
      into.values[into.start + i * into.row + k * into.column] = sum;
    }
  }
}
