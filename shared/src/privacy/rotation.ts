import { deal, gather } from "./deal.js";
import { applySigns, publicSigns } from "./public-signs.js";
import { walshHadamard } from "./walsh-hadamard.js";

/** A public orthogonal map of R^dimension; both ways work in place. */
export interface Rotation {
  rotate(vector: Float32Array<ArrayBuffer>): void;
  unrotate(vector: Float32Array<ArrayBuffer>): void;
}

/**
 * Mixes blocks of about √dimension coordinates by random signs and Walsh–Hadamard, deals every block out over all the
 * others by a public permutation, and mixes the blocks again. Each coordinate so reaches every other one: a spike of
 * length c comes out with all its coordinates near c / √dimension, for any dimension, without padding and within the
 * cache. It serves utility only: no privacy rests on it, nor on its exactness in single precision.
 */
export function createRotation(dimension: number, seed: string): Rotation {
  const mixing = createMixing(dimension, 2 ** Math.ceil(Math.log2(dimension) / 2), seed);
  const dealt = new Float32Array(dimension);
  return {
    rotate(vector) {
      mixing.mix(vector);
      deal(vector, dealt, mixing.block);
      mixing.mix(dealt);
      vector.set(dealt);
    },
    unrotate(vector) {
      dealt.set(vector);
      mixing.unmix(dealt);
      gather(dealt, vector, mixing.block);
      mixing.unmix(vector);
    },
  };
}

/**
 * Signs and Walsh–Hadamard over consecutive blocks. Where these do not fill the vector, the last `block` coordinates are
 * transformed beforehand as well, overlapping; other signs in between keep the two from undoing each other.
 */
function createMixing(dimension: number, block: number, seed: string) {
  const signs = publicSigns(seed, dimension);
  const ragged = dimension % block > 0;
  const between = ragged ? publicSigns(`${seed}/between`, dimension) : undefined;
  const last = dimension - block;
  const transformBlocks = (vector: Float32Array) => {
    for (let start = 0; start <= last; start += block) walshHadamard(vector, start, block);
  };
  return {
    block,
    mix(vector: Float32Array<ArrayBuffer>) {
      applySigns(vector, signs);
      if (between) {
        walshHadamard(vector, last, block);
        applySigns(vector, between);
      }
      transformBlocks(vector);
    },
    unmix(vector: Float32Array<ArrayBuffer>) {
      transformBlocks(vector);
      if (between) {
        applySigns(vector, between);
        walshHadamard(vector, last, block);
      }
      applySigns(vector, signs);
    },
  };
}
