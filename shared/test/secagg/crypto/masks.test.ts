import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Bytes } from "../../../src/secagg/crypto/bytes.js";
import type { WordBytes } from "../../../src/secagg/crypto/mask-sum.js";
import { addMasks, type Mask, wordBytes } from "../../../src/secagg/crypto/masks.js";
import { nativePrimitives } from "../../../src/secagg/crypto/platform-primitives.js";
import { portableMaskSum } from "../../../src/secagg/crypto/portable-mask-sum.js";
import { portablePrimitives } from "../../../src/secagg/crypto/portable-primitives.js";
import { wasmMaskSum } from "../../../src/secagg/crypto/wasm-mask-sum.js";
import { webAlgorithms } from "../../../src/secagg/crypto/web-algorithms.js";

const primitives = await nativePrimitives([webAlgorithms]);
const keyOf = (name: number): Bytes => new Uint8Array(32).fill(name);
const anyBytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** The definition: the low bits of the next little-endian word of the stream. */
async function expectedSum(masks: readonly Mask[], sum: Uint32Array, bits: number): Promise<number[]> {
  const words = bits <= 16 ? 2 : bits <= 24 ? 3 : 4;
  const totals = Array.from(sum, BigInt);
  for (const { key, sign } of masks) {
    const stream = await (await portablePrimitives().keystream(key)).read(words * sum.length);
    for (let i = 0; i < sum.length; i++) {
      let word = 0n;
      for (let byte = words - 1; byte >= 0; byte--)
        word = 256n * word + BigInt(stream[words * i + byte] ?? 0);
      totals[i] = (totals[i] ?? 0n) + BigInt(sign) * word;
    }
  }
  return totals.map((total) => Number(BigInt.asUintN(bits, total)));
}

describe("masks", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("are what their definition says, for every modulus", async () => {
    const masks: Mask[] = [1, 2, 3].map((name) => ({ key: keyOf(name), sign: name === 2 ? -1 : 1 }));
    for (let bits = 1; bits <= 32; bits++) {
      const start = Uint32Array.from({ length: 77 }, (_, i) => (i * 0x9e3779b1) >>> (32 - bits));
      const sum = start.slice();
      await addMasks(primitives, masks, sum, bits);
      expect(Array.from(sum), `${bits} bits`).toEqual(await expectedSum(masks, start, bits));
    }
  });

  it.each([1, 15, 16, 17, 32_767, 32_768, 32_769, 70_001])("are whole in a vector of %i", async (length) => {
    const masks: Mask[] = [{ key: keyOf(9), sign: 1 }];
    const sum = new Uint32Array(length);
    await addMasks(primitives, masks, sum, 20);
    expect(Array.from(sum)).toEqual(await expectedSum(masks, new Uint32Array(length), 20));
  });

  it("cancel, in any order and however many", async () => {
    const random = Uint32Array.from({ length: 1000 }, (_, i) => i);
    for (const bits of [8, 16, 20, 32]) {
      const sum = random.map((value) => (bits === 32 ? value : value % 2 ** bits));
      const kept = sum.slice();
      const names = Array.from({ length: 37 }, (_, i) => i + 1);
      await addMasks(
        primitives,
        names.map((name) => ({ key: keyOf(name), sign: 1 })),
        sum,
        bits,
      );
      expect(sum).not.toEqual(kept);
      await addMasks(
        primitives,
        names.reverse().map((name) => ({ key: keyOf(name), sign: -1 })),
        sum,
        bits,
      );
      expect(sum).toEqual(kept);
    }
  });

  it("are uniform over the whole modulus, its top value among them", async () => {
    const sum = new Uint32Array(256_000);
    await addMasks(primitives, [{ key: keyOf(1), sign: 1 }], sum, 8);
    const counts = new Float64Array(256);
    for (const value of sum) counts[value] = (counts[value] ?? 0) + 1;
    const chiSquare = counts.reduce((total, count) => total + (count - 1000) ** 2 / 1000, 0);
    // 255 degrees of freedom: 99.99 % lie below 345. The key is fixed, so the figure is too.
    expect(chiSquare).toBeLessThan(345);
    for (const bits of [16, 17, 24, 25, 32]) {
      const wide = new Uint32Array(60_000);
      await addMasks(primitives, [{ key: keyOf(1), sign: 1 }], wide, bits);
      const top = wide.filter((value) => value >= 2 ** bits - 2 ** bits / 1000).length;
      expect(top).toBeGreaterThan(30);
      expect(top).toBeLessThan(100);
    }
  });

  it("are the same without WebAssembly", async () => {
    const masks: Mask[] = [1, 2, 3].map((name) => ({ key: keyOf(name), sign: name === 2 ? -1 : 1 }));
    for (const bits of [16, 20, 32]) {
      const [fast, slow] = [new Uint32Array(40_000), new Uint32Array(40_000)];
      await addMasks(primitives, masks, fast, bits);
      vi.stubGlobal("WebAssembly", undefined);
      vi.resetModules();
      const without = await import("../../../src/secagg/crypto/masks.js");
      await without.addMasks(primitives, masks, slow, bits);
      vi.unstubAllGlobals();
      expect(slow).toEqual(fast);
    }
  });
});

describe.each<WordBytes>([2, 3, 4])("sums of words of %i bytes", (bytes) => {
  it("are the same in WebAssembly and in JavaScript", () => {
    const streams = fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom<1 | -1>(1, -1),
        fc.infiniteStream(anyBytes(48)),
      ),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(streams, fc.nat(2), (applied, skipped) => {
        const wasm = wasmMaskSum(80, bytes, 48);
        if (!wasm) throw new Error("no WebAssembly here");
        const portable = portableMaskSum(80, bytes);
        for (const [groups, sign, blocks] of applied) {
          const stream = new Uint8Array(bytes * 16 * groups);
          for (let at = 0; at < stream.length; at += 16) stream.set(blocks.next().value.subarray(0, 16), at);
          wasm.apply(stream, 16 * skipped, sign);
          portable.apply(stream, 16 * skipped, sign);
        }
        // Bits above the width may be anything.
        const low = (values: Uint32Array) => Array.from(values, (value) => value % 2 ** (8 * bytes));
        expect(low(wasm.values)).toEqual(low(portable.values));
        wasm.erase();
        expect(wasm.values.every((value) => value === 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("hold a modulus of as many bits, no more and no less", () => {
    expect(wordBytes(8 * bytes)).toBe(bytes);
    expect(wordBytes(8 * bytes - 7)).toBe(bytes);
  });
});
