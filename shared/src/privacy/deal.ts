const TILE = 32;

/**
 * Deals the coordinates round into `piles` piles and lays these end to end: a public permutation that is a matrix
 * transposition where `piles` divides the length. Neighbours end up about length / piles apart. In square tiles, so
 * that both sides stay in the cache.
 */
export function deal(from: Float32Array, to: Float32Array, piles: number): void {
  const { tall, height } = pilesOf(from.length, piles);
  for (let row0 = 0; row0 <= height; row0 += TILE) {
    for (let pile0 = 0; pile0 < piles; pile0 += TILE) {
      const lastPile = Math.min(pile0 + TILE, piles);
      for (let pile = pile0; pile < lastPile; pile++) {
        const first = pile * height + Math.min(pile, tall);
        const end = Math.min(row0 + TILE, height + (pile < tall ? 1 : 0));
        for (let row = row0; row < end; row++) to[first + row] = from[row * piles + pile] ?? 0;
      }
    }
  }
}

/** The inverse of {@link deal}. */
export function gather(from: Float32Array, to: Float32Array, piles: number): void {
  const { tall, height } = pilesOf(from.length, piles);
  for (let row0 = 0; row0 <= height; row0 += TILE) {
    for (let pile0 = 0; pile0 < piles; pile0 += TILE) {
      const lastPile = Math.min(pile0 + TILE, piles);
      for (let pile = pile0; pile < lastPile; pile++) {
        const first = pile * height + Math.min(pile, tall);
        const end = Math.min(row0 + TILE, height + (pile < tall ? 1 : 0));
        for (let row = row0; row < end; row++) to[row * piles + pile] = from[first + row] ?? 0;
      }
    }
  }
}

/** The first `tall` piles hold `height` + 1 coordinates, the others `height`. */
const pilesOf = (length: number, piles: number) => ({
  tall: length % piles,
  height: Math.floor(length / piles),
});
