import { addMasks, type Mask, platformPrimitives } from "@tacit/shared";
import { Tinypool } from "tinypool";

/** Masks for one worker: 32 bytes of key and one sign (1 or −1) each. */
export interface MaskTask {
  readonly keys: Uint8Array<ArrayBuffer>;
  readonly signs: Int8Array<ArrayBuffer>;
  readonly dimension: number;
  readonly bits: number;
}

const KEY_BYTES = 32;
const primitives = await platformPrimitives();

/** The sum of these masks modulo 2^bits, moved to the caller. The keys are overwritten. */
export async function sumMasks({ keys, signs, dimension, bits }: MaskTask) {
  const masks = Array.from(
    signs,
    (sign, i): Mask => ({
      key: keys.subarray(KEY_BYTES * i, KEY_BYTES * (i + 1)),
      sign: sign === 1 ? 1 : -1,
    }),
  );
  const sum = new Uint32Array(dimension);
  await addMasks(primitives, masks, sum, bits);
  keys.fill(0);
  return Tinypool.move(sum);
}

/** The secret that these shares open, moved to the caller. The shares are overwritten. */
export async function combineShares(shares: Uint8Array<ArrayBuffer>[]) {
  const secret = await primitives.combine(shares);
  for (const share of shares) share.fill(0);
  return Tinypool.move(secret);
}
