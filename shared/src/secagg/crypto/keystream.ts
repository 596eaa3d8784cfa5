import type { Bytes } from "./bytes.js";
import type { Keystream } from "./primitives.js";

const BLOCK_BYTES = 16;
const ALGORITHM = "AES-CTR";
/** Zeros to encrypt, shared by every stream: Web Crypto copies its input and never writes to it. */
let zeros: Bytes = new Uint8Array(0);

/** AES-256-CTR of the platform. */
export async function webKeystream(key: Bytes): Promise<Keystream> {
  const { subtle } = globalThis.crypto;
  const imported = await subtle.importKey("raw", key, ALGORITHM, false, ["encrypt"]);
  let blocks = 0;
  return {
    async read(length) {
      const counter = new Uint8Array(BLOCK_BYTES);
      new DataView(counter.buffer).setUint32(BLOCK_BYTES - 4, blocks);
      blocks += Math.ceil(length / BLOCK_BYTES);
      if (zeros.length < length) zeros = new Uint8Array(length);
      const plaintext = zeros.subarray(0, length);
      return new Uint8Array(
        await subtle.encrypt({ name: ALGORITHM, counter, length: 64 }, imported, plaintext),
      );
    },
  };
}
