import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { platformRandom, seededRandom } from "../../src/random/random.js";

describe.each([
  ["seeded", () => seededRandom(7)],
  ["platform", platformRandom],
])("%s random", (_, create) => {
  it("draws integers evenly over any range", () => {
    const random = create();
    const counts = new Array(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(38.3); // 6 degrees of freedom, p = 1e-6
  });

  it("draws normals with mean 0 and variance 1", () => {
    const random = create();
    const draws = Array.from({ length: 40_000 }, () => random.normal());
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    const variance = draws.reduce((a, b) => a + b * b, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(5 / 200);
    expect(Math.abs(variance - 1)).toBeLessThan((5 * Math.SQRT2) / 200);
  });
});

describe("seededRandom", () => {
  it("repeats itself for a seed and differs between seeds", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        const draw = (seed: number) => Array.from({ length: 4 }, seededRandom(seed).uniform);
        expect(draw(a)).toEqual(draw(a));
        if (a !== b) expect(draw(a)).not.toEqual(draw(b));
      }),
    );
  });
});
