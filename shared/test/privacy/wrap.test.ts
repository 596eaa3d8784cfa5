import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { centre, wrap } from "../../src/privacy/wrap.js";

/** Wraps integers with this noise and centres them again. */
function around(bits: number, integers: readonly number[], noise: readonly number[] = integers.map(() => 0)) {
  const residues = new Uint32Array(integers.length);
  wrap(Int32Array.from(integers), Int32Array.from(noise), bits, residues);
  for (const residue of residues) expect(residue).toBeLessThan(2 ** bits);
  const into = new Float32Array(integers.length);
  centre(residues, bits, 1, into);
  return [...into];
}

describe("wrapping modulo 2^bits", () => {
  it("adds the noise, and is undone by centring for whatever fits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 32 }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: -9, max: 9 }))),
        (bits, parts) => {
          const wanted = parts.map(([part]) => Math.floor(part * (2 ** bits - 1)) - 2 ** (bits - 1));
          const noise = parts.map(([, draw]) => draw);
          const integers = wanted.map((value, i) => value - (noise[i] ?? 0));
          expect(around(bits, integers, noise)).toEqual(wanted.map(Math.fround));
        },
      ),
    );
  });

  it("keeps both ends of the range", () => {
    expect(around(8, [-128, 127])).toEqual([-128, 127]);
    expect(around(32, [-(2 ** 31), 2 ** 31 - 1])).toEqual([-(2 ** 31), 2 ** 31]);
  });

  it("comes round beyond them", () => {
    expect(around(8, [128, -129])).toEqual([-128, 127]);
  });

  it("scales as it centres", () => {
    const into = new Float32Array(2);
    centre(Uint32Array.of(2, 254), 8, 0.25, into);
    expect([...into]).toEqual([0.5, -0.5]);
  });
});
