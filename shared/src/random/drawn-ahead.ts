import type { ByteSource } from "./byte-source.js";

/** Hands out `drawn`, each byte once and overwritten behind itself, and then goes on to `rest`. */
export function drawnAhead(drawn: Uint8Array<ArrayBuffer>, rest: ByteSource): ByteSource {
  let used = 0;
  return {
    fill(bytes) {
      const ready = drawn.subarray(used, used + bytes.length);
      bytes.set(ready);
      ready.fill(0);
      used += ready.length;
      if (ready.length < bytes.length) rest.fill(bytes.subarray(ready.length));
    },
  };
}
