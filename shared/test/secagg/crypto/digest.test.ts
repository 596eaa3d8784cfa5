import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { digestOf } from "../../../src/secagg/crypto/digest.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it("is SHA-256 as published, in whatever parts the bytes come", () => {
  // FIPS 180-4, the example "abc".
  const abc = new TextEncoder().encode("abc");
  const published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(bytesToHex(digestOf(abc))).toBe(published);
  expect(bytesToHex(digestOf(abc.subarray(0, 1), abc.subarray(1)))).toBe(published);
});

it("is the same where there is no node:crypto", async () => {
  vi.resetModules();
  vi.stubGlobal("process", undefined);
  const elsewhere = await import("../../../src/secagg/crypto/digest.js");
  vi.unstubAllGlobals();
  expect(elsewhere.digestOf).not.toBe(digestOf);
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 3 }), (parts) => {
      expect(elsewhere.digestOf(...parts)).toEqual(digestOf(...parts));
    }),
  );
});
