import { addMasks, type CoordinatorContext, type Primitives } from "@tacit/shared";
import type { UnmaskPool } from "./unmask-pool.js";

/** Values of masks, and shares of a secret, from which on a worker thread is worth its start. */
const LARGE_WORK = 2 ** 22;
const MANY_SHARES = 20;

/** Opens small sums in this thread, where they take less than a worker's start, and large ones in the pool's workers. */
export function unmasking(
  primitives: Primitives,
  pool: UnmaskPool,
): Required<Pick<CoordinatorContext, "primitives" | "addMasks">> {
  return {
    primitives: {
      ...primitives,
      combine: (shares) => (shares.length < MANY_SHARES ? primitives : pool).combine(shares),
    },
    addMasks: (masks, sum, bits) =>
      masks.length * sum.length < LARGE_WORK
        ? addMasks(primitives, masks, sum, bits)
        : pool.addMasks(masks, sum, bits),
  };
}
