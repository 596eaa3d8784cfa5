import { type Bytes, equalBytes, isZero } from "./bytes.js";

interface Kept<Key> {
  readonly key: Key;
  /** Of the secret that it was read from. */
  readonly digest: Uint8Array;
}

/**
 * Secrets as a platform has read them, kept as long as their owner keeps their buffer. A key is used only while the buffer
 * holds what it was read from: one of an erased or a refilled buffer is forgotten.
 */
export class SecretKeys<Key> {
  readonly #kept = new WeakMap<Bytes, Kept<Key>>();
  readonly #read: (secret: Bytes) => Key;
  readonly #digest: (secret: Bytes) => Uint8Array;

  /** @param digest collision-resistant, and without a copy of the secret. */
  constructor(read: (secret: Bytes) => Key, digest: (secret: Bytes) => Uint8Array) {
    this.#read = read;
    this.#digest = digest;
  }

  /** The key of what the buffer holds now. */
  of(secret: Bytes): Key {
    const digest = this.#digest(secret);
    const kept = this.#kept.get(secret);
    if (kept && equalBytes(kept.digest, digest)) return kept.key;
    this.#kept.delete(secret);
    const key = this.#read(secret);
    if (!isZero(secret)) this.#kept.set(secret, { key, digest });
    return key;
  }

  /** The same, for the last time. */
  take(secret: Bytes): Key {
    const key = this.of(secret);
    this.#kept.delete(secret);
    return key;
  }
}
