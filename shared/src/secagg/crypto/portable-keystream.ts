import { ctr } from "@noble/ciphers/aes.js";
import type { Bytes } from "./bytes.js";
import { BLOCK_BYTES, counterAfter, zeroBytes } from "./counter.js";
import type { Keystream } from "./primitives.js";

/** AES-256-CTR in plain JavaScript, for where there is no other. */
export async function portableKeystream(key: Bytes, start = new Uint8Array(BLOCK_BYTES)): Promise<Keystream> {
  let blocks = 0;
  return {
    async read(length) {
      const counter = counterAfter(start, blocks);
      blocks += Math.ceil(length / BLOCK_BYTES);
      return new Uint8Array(ctr(key, counter).encrypt(zeroBytes(length)));
    },
  };
}
