import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CODECS } from "../../src/compression/codecs.js";
import { applyDelta, deltaBetween } from "../../src/compression/delta.js";
import { seededRandom } from "../../src/random/random.js";
import { ENCODINGS } from "../../src/task/delivery-spec.js";

describe("a delta", () => {
  it.each([8, 16, 32] as const)("of words of %i bits turns any bytes into any others, exactly", (bits) => {
    const bytes = (words: number) =>
      fc.uint8Array({ minLength: (words * bits) / 8, maxLength: (words * bits) / 8 });
    const pair = fc.nat({ max: 20 }).chain((words) => fc.tuple(bytes(words), bytes(words)));
    fc.assert(
      fc.property(pair, ([base, next]) => {
        const delta = deltaBetween(base, next, bits);
        expect(delta.length).toBe(base.length);
        expect(applyDelta(base, delta, bits)).toEqual(next);
      }),
    );
  });

  it("of a version that was left as it was is all zeros", () => {
    const bytes = Uint8Array.of(1, 2, 255, 4);
    expect(deltaBetween(bytes, bytes, 16)).toEqual(new Uint8Array(4));
  });

  it.each(ENCODINGS)("compresses better than the %s it leads to, where little has changed", (encoding) => {
    const random = seededRandom(1);
    const base = Float32Array.from({ length: 4096 }, () => random.normal());
    const next = base.map((value) => value + 1e-3 * random.normal());
    const codec = CODECS[encoding];
    const [before, after] = [codec.encode(base), codec.encode(next)];
    if (!before || !after) throw new Error("these can be encoded");
    const delta = gzipSync(deltaBetween(before, after, codec.bits)).length;
    expect(delta).toBeLessThan(0.9 * gzipSync(after).length);
  });
});
