import { publicWords } from "../../random/public-words.js";
import { dimensionOf, sizeOf, trainedCount } from "./block-sizes.js";
import type { Subspace } from "./subspace.js";
import { type Block, keptCount } from "./update-length.js";

/**
 * The parameters of a random mask, in the order of the flat vector; blocks that are not trained stay whole (structured
 * updates: Konečný et al. 2016, arXiv 1610.05492, §2). Each trained parameter draws a word, and the lowest words are kept.
 */
export function randomMask(blocks: readonly Block[], share: number, seed: string): Subspace {
  const trained = trainedCount(blocks);
  const words = publicWords("tacit-subspace-v1", seed, trained);
  const kept = lowest(words, keptCount(share, trained));
  const places: number[] = [];
  let word = 0;
  for (const block of blocks) {
    const size = sizeOf(block);
    for (let i = 0; i < size; i++) {
      if (!block.differentiable || kept[word++] === 1) places.push(block.offset + i);
    }
  }
  const dimension = dimensionOf(blocks);
  const chosen = Int32Array.from(places);
  return {
    length: chosen.length,
    restrict: (update) => Float32Array.from(chosen, (place) => update[place] ?? 0),
    spread(restricted) {
      const update = new Float32Array(dimension);
      for (let i = 0; i < chosen.length; i++) update[chosen[i] ?? 0] = restricted[i] ?? 0;
      return update;
    },
  };
}

/** A 1 in the places of the lowest words; of equal ones the first. */
function lowest(words: Uint32Array, count: number): Uint8Array {
  const limit = words.slice().sort()[count - 1] ?? 0;
  let left = count - words.reduce((below, word) => below + (word < limit ? 1 : 0), 0);
  return Uint8Array.from(words, (word) => {
    if (word !== limit) return word < limit ? 1 : 0;
    return left-- > 0 ? 1 : 0;
  });
}
