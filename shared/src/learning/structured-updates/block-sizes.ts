import type { Block } from "./update-length.js";

export const sizeOf = ({ rows, columns }: Block): number => rows * columns;

/** d, length of the flat vector. */
export const dimensionOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + sizeOf(block), 0);

/** Parameters that are trained. */
export const trainedCount = (blocks: readonly Block[]): number =>
  dimensionOf(blocks.filter(({ differentiable }) => differentiable));
