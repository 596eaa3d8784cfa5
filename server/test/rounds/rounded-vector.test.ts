import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundVector } from "../../src/rounds/rounded-vector.js";

const int8 = { delivery: { encoding: "int8", deltas: false } } as const;

describe("a version's vector", () => {
  it("is what clients receive and the rest, together what it was", () => {
    const values = fc.array(fc.float({ noNaN: true, min: -8, max: 8 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(values, (given) => {
        const exact = Float32Array.from(given);
        const rounded = roundVector(int8, exact, exact.length);
        for (const [i, value] of exact.entries()) {
          expect((rounded?.vector[i] ?? 0) + (rounded?.rest[i] ?? 0)).toBeCloseTo(value, 6);
        }
      }),
    );
  });

  it("goes where many steps go that are each smaller than the grid's", () => {
    let vector = Float32Array.of(1, 0);
    let rest = new Float32Array(2);
    for (let step = 0; step < 1000; step++) {
      const exact = vector.map((value, i) => value + (rest[i] ?? 0) + (i === 1 ? 1e-3 : 0));
      const rounded = roundVector(int8, exact, 2);
      if (!rounded) throw new Error("these can be encoded");
      ({ vector, rest } = {
        vector: Float32Array.from(rounded.vector),
        rest: Float32Array.from(rounded.rest),
      });
    }
    expect(vector[1]).toBeCloseTo(1, 1);
  });

  it("stays as it is, with no rest, without an encoding that rounds", () => {
    const exact = Float32Array.of(0.1, 0.2);
    for (const delivery of [undefined, { encoding: "float32", deltas: true } as const]) {
      const task = delivery ? { delivery } : {};
      expect(roundVector(task, exact, 2)).toEqual({ vector: exact, rest: new Float32Array() });
    }
  });

  it("is refused where a parameter has outgrown its encoding", () => {
    const float16 = { delivery: { encoding: "float16", deltas: false } } as const;
    expect(roundVector(float16, Float32Array.of(7e4), 1)).toBeUndefined();
  });
});
