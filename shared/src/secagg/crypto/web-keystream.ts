import type { Bytes } from "./bytes.js";
import { BLOCK_BYTES, counterAfter, zeroBytes } from "./counter.js";
import type { Keystream } from "./primitives.js";

const ALGORITHM = "AES-CTR";

/** AES-256-CTR of Web Crypto, which insecure contexts lack. */
export async function webKeystream(key: Bytes, start = new Uint8Array(BLOCK_BYTES)): Promise<Keystream> {
  const { subtle } = globalThis.crypto;
  const imported = await subtle.importKey("raw", key, ALGORITHM, false, ["encrypt"]);
  let blocks = 0;
  return {
    async read(length) {
      const counter = counterAfter(start, blocks);
      blocks += Math.ceil(length / BLOCK_BYTES);
      const stream = await subtle.encrypt(
        { name: ALGORITHM, counter, length: 128 },
        imported,
        zeroBytes(length),
      );
      return new Uint8Array(stream);
    },
  };
}
