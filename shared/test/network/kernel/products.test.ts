import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/random/random.js";
import { BUILDS, cell, dense, kernelMemory, type Placed, padding } from "./kernel-memory.js";

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 13 }),
  inner: fc.integer({ min: 1, max: 35 }),
  columns: fc.integer({ min: 1, max: 35 }),
  seed: fc.nat(),
});

/** As the definition has it, in double precision. */
function expectProduct(
  actual: Placed,
  initial: (row: number, column: number) => number,
  length: number,
  factors: (row: number, column: number, k: number) => number,
): void {
  for (const [i, value] of dense(actual).entries()) {
    const [row, column] = [Math.floor(i / actual.columns), i % actual.columns];
    let sum = initial(row, column);
    let scale = 1 + Math.abs(sum);
    for (let k = 0; k < length; k++) {
      sum += factors(row, column, k);
      scale += Math.abs(factors(row, column, k));
    }
    expect(Math.abs(value - sum) / scale).toBeLessThan(1e-6);
  }
  expect(padding(actual).every((value) => value === 0)).toBe(true);
}

describe.each(BUILDS)("products of the %s kernel", (build) => {
  const kernel = kernelMemory(build);

  it("multiply, from nothing, a bias, a matrix or what was there, for odd sizes and single columns", async () => {
    const { calls, clear, matrix } = await kernel;
    fc.assert(
      fc.property(
        sizes,
        fc.constantFrom("nothing", "bias", "matrix", "itself"),
        ({ rows, inner, columns, seed }, from) => {
          clear();
          const random = seededRandom(seed);
          const left = matrix(rows, inner, random);
          const right = matrix(inner, columns, random);
          for (let i = inner * right.stride; i < right.cells.length; i++) right.cells[i] = 0;
          const out = matrix(rows, columns, random);
          const start = from === "itself" ? out : matrix(from === "bias" ? 1 : rows, columns, random);
          const initial = dense(start);
          calls.product(
            ...[out.at, out.stride, from === "nothing" ? 0 : start.at, from === "bias" ? 0 : start.stride],
            ...[left.at, left.stride, right.at, right.stride, rows, inner, columns],
          );
          expectProduct(
            out,
            (row, column) =>
              from === "nothing" ? 0 : (initial[(from === "bias" ? 0 : row * columns) + column] ?? 0),
            inner,
            (row, column, k) => cell(left, row, k) * cell(right, k, column),
          );
        },
      ),
    );
  });

  it("give the gradient of the weights over exactly the rows that count, and add to it", async () => {
    const { calls, clear, matrix } = await kernel;
    fc.assert(
      fc.property(sizes, fc.boolean(), ({ rows, inner, columns, seed }, more) => {
        clear();
        const random = seededRandom(seed);
        const left = matrix(rows, inner, random);
        const dOut = matrix(rows, columns, random);
        const dRight = matrix(inner, columns, random);
        for (let i = inner * dRight.stride; i < dRight.cells.length; i++) dRight.cells[i] = 0;
        const initial = dense(dRight);
        calls.weightGradient(
          ...[dRight.at, dRight.stride, left.at, left.stride, dOut.at, dOut.stride],
          ...[rows, inner, columns, Number(more)],
        );
        expectProduct(
          dRight,
          (k, column) => (more ? (initial[k * columns + column] ?? 0) : 0),
          rows,
          (k, column, row) => cell(left, row, k) * cell(dOut, row, column),
        );
        // An optimiser goes over the rows behind the last, too.
        expect(dRight.cells.subarray(inner * dRight.stride).every((value) => value === 0)).toBe(true);
      }),
    );
  });

  it("give the gradient of the input, and add to it", async () => {
    const { calls, clear, matrix } = await kernel;
    fc.assert(
      fc.property(sizes, fc.boolean(), ({ rows, inner, columns, seed }, more) => {
        clear();
        const random = seededRandom(seed);
        const dLeft = matrix(rows, inner, random);
        const dOut = matrix(rows, columns, random);
        const right = matrix(inner, columns, random);
        for (let i = inner * right.stride; i < right.cells.length; i++) right.cells[i] = 0;
        const initial = dense(dLeft);
        calls.inputGradient(
          ...[dLeft.at, dLeft.stride, dOut.at, dOut.stride, right.at, right.stride],
          ...[rows, inner, columns, Number(more)],
        );
        expectProduct(
          dLeft,
          (row, k) => (more ? (initial[row * inner + k] ?? 0) : 0),
          columns,
          (row, k, column) => cell(dOut, row, column) * cell(right, k, column),
        );
      }),
    );
  });

  it("sum rows for the gradient of a bias", async () => {
    const { calls, clear, matrix } = await kernel;
    fc.assert(
      fc.property(sizes, fc.boolean(), ({ rows, columns, seed }, more) => {
        clear();
        const random = seededRandom(seed);
        const [m, out] = [matrix(rows, columns, random), matrix(1, columns, random)];
        const initial = dense(out);
        calls.rowSum(out.at, m.at, m.stride, rows, columns, Number(more));
        expectProduct(
          out,
          (_, column) => (more ? (initial[column] ?? 0) : 0),
          rows,
          (_, column, row) => cell(m, row, column),
        );
      }),
    );
  });
});
