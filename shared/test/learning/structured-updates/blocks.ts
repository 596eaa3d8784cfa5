import fc from "fast-check";
import type { Block } from "../../../src/learning/structured-updates/update-length.js";

/** Sides of each matrix, one after the other in a flat vector; `untrained` blocks come last, as the item prior does. */
export function blocksOf(
  sides: readonly (readonly [rows: number, columns: number])[],
  untrained = 0,
): readonly Block[] {
  let offset = 0;
  return sides.map(([rows, columns], place) => {
    const block = { offset, rows, columns, differentiable: place < sides.length - untrained };
    offset += rows * columns;
    return block;
  });
}

const side = fc.integer({ min: 1, max: 9 });

/** Networks of one to four matrices and a block that is not trained. */
export const anyBlocks = fc
  .array(fc.tuple(side, side), { minLength: 2, maxLength: 5 })
  .map((sides) => blocksOf(sides, 1));

/** As many numbers as asked for, none small or large. */
export const vectorOf = (length: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.integer({ min: -64, max: 64 }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values, (value) => value / 16));
