import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/random/random.js";
import { BUILDS, kernelMemory } from "./kernel-memory.js";

const POINTS = [0, 1e-30, 1e-8, 1e-3, 0.1, 0.5, 1, 2, 5, 7.9, 8, 20, 80].flatMap((x) => [x, -x]);
const random = seededRandom(1);
const xs = [...POINTS, ...Array.from({ length: 2000 }, () => 4 * random.normal())].map(Math.fround);

/** The largest relative error over the points, by what is exact for single-precision arguments. */
function error(values: Float32Array, exact: (x: number) => number): number {
  return xs.reduce((most, x, i) => {
    const right = exact(x);
    const away = Math.abs((values[i] ?? Number.NaN) - right) / (Math.abs(right) || 1);
    return Number.isNaN(away) ? Number.POSITIVE_INFINITY : Math.max(most, away);
  }, 0);
}

describe.each(BUILDS)("functions of the %s kernel", (build) => {
  const kernel = kernelMemory(build);

  async function apply(
    name: "tanhForward" | "sigmoidForward" | "reluForward",
    arguments_: readonly number[],
  ) {
    const { calls, clear, matrix } = await kernel;
    clear();
    const row = matrix(1, arguments_.length);
    row.cells.set(arguments_);
    calls[name](row.at, arguments_.length);
    return row.cells.subarray(0, arguments_.length);
  }

  it("tanh and sigmoid are right to a few units in the last place", async () => {
    expect(error(await apply("tanhForward", xs), Math.tanh)).toBeLessThan(4e-7);
    expect(error(await apply("sigmoidForward", xs), (x) => 1 / (1 + Math.exp(-x)))).toBeLessThan(4e-7);
  });

  it("saturate, and pass on what is not a number", async () => {
    const ends = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e30, Number.NaN];
    const [up, down, high, low, none] = await apply("tanhForward", ends);
    expect([up, high].map((value) => Math.abs((value ?? 0) - 1) < 4e-7)).toEqual([true, true]);
    expect([down, low].map((value) => Math.abs((value ?? 0) + 1) < 4e-7)).toEqual([true, true]);
    expect(none).toBeNaN();
    const sigmoid = await apply("sigmoidForward", ends);
    expect(
      [...sigmoid.subarray(0, 4)].map(Math.fround).map((value) => Math.round(value * 1e6) / 1e6),
    ).toEqual([1, 0, 1, 0]);
    expect(sigmoid[4]).toBeNaN();
    expect([...(await apply("reluForward", [-1, 0, 2, Number.NaN]))]).toEqual([0, 0, 2, Number.NaN]);
  });

  it("softmax is right to a few units in the last place, also far from zero, and so is its entropy", async () => {
    const { calls, clear, matrix, integers } = await kernel;
    for (const shift of [0, 1e4, -1e4]) {
      clear();
      const logits = matrix(3, 21, seededRandom(2));
      logits.cells.forEach((value, i, all) => {
        all[i] = value + shift;
      });
      const [p, room] = [matrix(3, 24), matrix(1, 2)];
      const [logs, entropies] = [matrix(3, 1), matrix(3, 1)];
      const targets = integers([0, 20, 7]);
      const { at, stride } = logits;
      calls.softmaxLossForward(at, stride, targets, 0.5, p.at, room.at, logs.at, entropies.at, 3, 21);
      for (const [row, target] of [0, 20, 7].entries()) {
        const x = [...logits.cells.subarray(row * stride, row * stride + 21)];
        const corrected = x.map((value, i) => value + (i === target ? 0 : 0.5));
        const top = Math.max(...corrected);
        const logSum = Math.log(corrected.reduce((sum, value) => sum + Math.exp(value - top), 0));
        const logP = corrected.map((value) => value - top - logSum);
        const tolerance = 1e-6 + Math.abs(shift) * 2e-7;
        expect(Math.abs((logs.cells[row] ?? 0) - (logP[target] ?? 0))).toBeLessThan(tolerance);
        const items = logP.map((value, i) => value - (i === target ? 0 : 0.5));
        const entropy = -logP.reduce((sum, value, i) => sum + Math.exp(value) * (items[i] ?? 0), 0);
        expect(Math.abs((entropies.cells[row] ?? 0) - entropy)).toBeLessThan(tolerance);
      }
    }
  });
});

describe("the two builds", () => {
  it("agree to the last bit where one number does not depend on another", async () => {
    const results = await Promise.all(
      BUILDS.map(async (build) => {
        const { calls, matrix } = await kernelMemory(build);
        const [a, b] = [matrix(1, xs.length), matrix(1, xs.length)];
        a.cells.set(xs);
        b.cells.set(xs);
        calls.tanhForward(a.at, xs.length);
        calls.sigmoidForward(b.at, xs.length);
        const [v, m] = [matrix(1, xs.length), matrix(1, xs.length)];
        calls.adam(a.at, b.at, m.at, v.at, xs.length, 0.01, 0.9, 0.999, 1e-8);
        return [a, b, m, v].flatMap(({ cells }) => [...cells.subarray(0, xs.length)]);
      }),
    );
    expect(results[0]).toEqual(results[1]);
  });
});
