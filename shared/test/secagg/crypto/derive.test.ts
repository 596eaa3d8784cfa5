import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { describe, expect, it } from "vitest";
import { equalBytes, isZero } from "../../../src/secagg/crypto/bytes.js";
import { deriveKey } from "../../../src/secagg/crypto/derive.js";
import { fromHex, toHex, vectors } from "./vectors.js";

describe("HKDF-SHA-256", () => {
  it.each<{ secret: string; salt: string; info: string; key: string }>(vectors("hkdf-sha256").keys)(
    "derives $key as published",
    ({ secret, salt, info, key }) => {
      expect(toHex(hkdf(sha256, fromHex(secret), fromHex(salt), fromHex(info), key.length / 2))).toBe(key);
    },
  );

  it("is what keys are derived with: the session as salt, then label, zero byte and places", async () => {
    const [secret, session] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
    const info = new TextEncoder().encode("tacit secagg 1 mask\0\0\x03\x01\0");
    const wanted = await crypto.subtle.deriveBits(
      { name: "HKDF", hash: "SHA-256", salt: session, info },
      base,
      256,
    );
    expect(deriveKey(secret, session, "mask", 3, 256)).toEqual(new Uint8Array(wanted));
  });
});

describe("comparisons", () => {
  it("see every single bit", () => {
    const secret = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);
    expect(equalBytes(secret, secret.slice())).toBe(true);
    expect(equalBytes(secret, secret.slice(1))).toBe(false);
    for (let bit = 0; bit < 256; bit++) {
      const other = secret.slice();
      other[bit >>> 3] = (other[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
      expect(equalBytes(secret, other)).toBe(false);
    }
    expect(isZero(new Uint8Array(32))).toBe(true);
    for (let at = 0; at < 32; at++) expect(isZero(new Uint8Array(32).fill(1, at, at + 1))).toBe(false);
  });
});
