import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clip, norm } from "../../src/privacy/clip.js";

const finite = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 });

function clipped(vector: Float32Array, bound: number): Float32Array {
  const into = new Float32Array(vector.length);
  clip(vector, norm(vector) ?? Number.NaN, bound, 1, into);
  return into;
}

describe("clipping", () => {
  it("leaves no vector longer than the bound but for single precision, and changes no direction", () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (values, bound) => {
        const vector = Float32Array.from(values);
        const length = norm(vector) ?? Number.NaN;
        const result = clipped(vector, bound);
        expect(norm(result)).toBeLessThanOrEqual(bound * (1 + 1e-7));
        const factor = Math.min(1, bound / length);
        vector.forEach((value, i) => {
          expect(result[i]).toBeCloseTo(length > bound ? value * factor : value, 4);
        });
      }),
    );
  });

  it("scales in the same pass", () => {
    const into = new Float32Array(2);
    clip(Float32Array.of(3, 4), 5, 1, 100, into);
    expect([...into]).toEqual([60, 80]);
  });

  it("takes the longest finite vector and denormals alike", () => {
    const largest = new Float32Array(1000).fill(3.4028234663852886e38);
    expect(norm(clipped(largest, 1))).toBeCloseTo(1, 6);
    const denormal = new Float32Array(1000).fill(1e-45);
    expect(clipped(denormal, 1)[0]).toBe(denormal[0]);
  });
});

describe("the norm", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "does not exist beside %d",
    (value) => {
      expect(norm(Float32Array.of(1, value, 0))).toBeUndefined();
    },
  );
});
