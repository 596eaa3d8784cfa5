import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compressFilms } from "../../src/compression/compress-films.js";
import { prune } from "../../src/compression/prune.js";
import { restrictFilms, UPDATE_FORMS } from "../../src/compression/restrict-films.js";
import { chooseEngine } from "../../src/population/engine-choice.js";

describe("pruning", () => {
  it("leaves the largest as they are and makes zeros of as many others as it is told, also of one size", () => {
    const parameters = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(parameters, fc.double({ min: 0, max: 1, noNaN: true }), (values, sparsity) => {
        const given = Float32Array.from(values, (value, i) => (i % 2 === 0 ? value : -value));
        const pruned = prune(given, sparsity);
        const kept = pruned.filter((value) => value !== 0);
        expect(kept.length).toBe(given.length - Math.floor(sparsity * given.length));
        const least = Math.min(...kept.map(Math.abs));
        for (const [i, value] of pruned.entries()) {
          if (value !== 0) expect(value).toBe(given[i]);
          else expect(Math.abs(given[i] ?? 0)).toBeLessThanOrEqual(least);
        }
      }),
    );
  });
});

describe("a federation whose versions are encoded", () => {
  it("costs fewer bytes the fewer bits there are, fewer still as deltas, and comes out the same again", async () => {
    const engine = await chooseEngine("auto");
    const options = { clients: 12, rounds: 2, epsilon: undefined, engine, seed: 1 };
    const [full, ...others] = compressFilms({ ...options, encoding: "float32" });
    const [half] = compressFilms({ ...options, encoding: "float16" });
    const [bytes] = compressFilms({ ...options, encoding: "int8" });
    if (!full || !half || !bytes) throw new Error("one each");
    expect(half.whole).toBeLessThan(0.6 * full.whole);
    expect(bytes.whole).toBeLessThan(0.6 * half.whole);
    for (const { whole, delta } of [full, half, bytes]) expect(delta).toBeLessThan(whole);
    const lengths = others.slice(0, 3).map(({ whole }) => whole);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    expect(others.map(({ form }) => form)).toContain("float32, distilled");
    for (const { form, whole } of others) {
      if (form !== "version 0") expect(whole).toBeLessThan(full.whole);
    }
    expect(compressFilms({ ...options, encoding: "int8" })).toEqual([bytes]);
  });
});

describe("a federation whose updates are restricted", () => {
  it("sends fewer bytes the less is left of an update, and comes out the same again", async () => {
    const engine = await chooseEngine("auto");
    const options = { clients: 12, rounds: 2, epsilon: undefined, engine, seed: 1 };
    const [whole] = compressFilms({ ...options, encoding: "float32" });
    const restricted = UPDATE_FORMS.map((form) => restrictFilms(options, form));
    const bytes = (name: string) => restricted.find(({ form }) => form === name)?.upload ?? Number.NaN;
    expect(bytes("random mask, 25 %")).toBeLessThan(0.3 * (whole?.upload ?? Number.NaN));
    expect(bytes("random mask, 10 %")).toBeLessThan(0.5 * bytes("random mask, 25 %"));
    expect(bytes("rank 2")).toBeLessThan(0.6 * bytes("rank 4"));
    for (const { form, upload, hitRate } of restricted) {
      expect(bytes(form.replace(", drawn once", ""))).toBe(upload);
      expect(hitRate).toBeGreaterThan(0);
    }
    const [again] = UPDATE_FORMS;
    expect(again && restrictFilms(options, again)).toEqual(restricted[0]);
  });
});
