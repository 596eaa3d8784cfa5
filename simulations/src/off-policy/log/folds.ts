import type { Random } from "@tacit/shared";

/** The fold of each of so many rounds: shuffled, and of sizes that differ by one at most. */
export function drawFolds(rounds: number, folds: number, random: Random): Int32Array {
  const fold = Int32Array.from({ length: rounds }, (_, round) => round % folds);
  for (let last = rounds - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const moved = fold[last] ?? 0;
    fold[last] = fold[other] ?? 0;
    fold[other] = moved;
  }
  return fold;
}
