import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { longDigest } from "../../../src/secagg/crypto/long-digest.js";

afterEach(() => vi.unstubAllGlobals());

it("is SHA-256 as published, in whatever parts the bytes come", () => {
  // FIPS 180-4, the example "abc".
  const abc = new TextEncoder().encode("abc");
  const published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(longDigest(abc)).toBe(published);
  expect(longDigest(abc.subarray(0, 1), abc.subarray(1))).toBe(published);
});

it("is the same where there is no node:crypto", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 3 }), (parts) => {
      const here = longDigest(...parts);
      vi.stubGlobal("process", undefined);
      const elsewhere = longDigest(...parts);
      vi.unstubAllGlobals();
      expect(elsewhere).toBe(here);
    }),
  );
});
