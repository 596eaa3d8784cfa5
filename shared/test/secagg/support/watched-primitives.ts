import { bytesToHex } from "@noble/hashes/utils.js";
import type { Primitives } from "../../../src/secagg/crypto/primitives.js";
import { idealPrimitives } from "./ideal-primitives.js";

/** One secret used once for one purpose. */
export interface Use {
  readonly purpose: "agree" | "split" | "seal" | "open" | "keystream";
  /** Hex digits, as they were when it was used. */
  readonly secret: string;
}

/** Primitives that note what they are used for, and hold on to every secret that goes in or comes out. */
export interface WatchedPrimitives {
  readonly primitives: Primitives;
  readonly uses: readonly Use[];
  /** The very buffers, so that a test sees whether they were overwritten. */
  readonly secrets: ReadonlySet<Uint8Array>;
}

export function watchedPrimitives(inner: Primitives = idealPrimitives()): WatchedPrimitives {
  const uses: Use[] = [];
  const secrets = new Set<Uint8Array>();
  const use = (purpose: Use["purpose"], secret: Uint8Array) => {
    uses.push({ purpose, secret: bytesToHex(secret) });
    secrets.add(secret);
  };
  const keep = <Secret extends Uint8Array | undefined>(secret: Secret): Secret => {
    if (secret) secrets.add(secret);
    return secret;
  };
  const primitives: Primitives = {
    ...inner,
    async split(secret, shares, threshold) {
      use("split", secret);
      return (await inner.split(secret, shares, threshold)).map(keep);
    },
    async combine(shares) {
      for (const share of shares) keep(share);
      return keep(await inner.combine(shares));
    },
    async agree(secret, publicKeys) {
      use("agree", secret);
      return (await inner.agree(secret, publicKeys)).map(keep);
    },
    async seal(key, plaintext) {
      use("seal", key);
      keep(plaintext);
      return inner.seal(key, plaintext);
    },
    async open(key, ciphertext) {
      use("open", key);
      return keep(await inner.open(key, ciphertext));
    },
    async keystream(key) {
      use("keystream", key);
      const stream = await inner.keystream(key);
      return { read: async (length) => keep(await stream.read(length)) };
    },
  };
  return { primitives, uses, secrets };
}

export const overwritten = (secrets: Iterable<Uint8Array>): boolean =>
  [...secrets].every((secret) => secret.every((byte) => byte === 0));
