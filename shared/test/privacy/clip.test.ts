import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clip, norm } from "../../src/privacy/clip.js";

const finite = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 });

describe("clipping", () => {
  it("leaves no vector longer than the bound, and changes no direction", () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (values, bound) => {
        const vector = Float32Array.from(values);
        const clipped = clip(vector, bound);
        const length = norm(vector) ?? Number.NaN;
        expect(clipped?.norm).toBe(length);
        expect(norm(clipped?.vector ?? new Float64Array())).toBeLessThanOrEqual(bound * (1 + 1e-12));
        const factor = Math.min(1, bound / length);
        vector.forEach((value, i) => {
          expect(clipped?.vector[i]).toBeCloseTo(length > bound ? value * factor : value, 6);
        });
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuses %d", (value) => {
    expect(clip(Float32Array.of(1, value, 0), 1)).toBeUndefined();
  });

  it("takes the longest finite vector and denormals alike", () => {
    const largest = new Float32Array(1000).fill(3.4028234663852886e38);
    expect(norm(clip(largest, 1)?.vector ?? new Float64Array())).toBeCloseTo(1, 12);
    const denormal = new Float32Array(1000).fill(1e-45);
    expect(clip(denormal, 1)?.vector[0]).toBe(denormal[0]);
  });
});
