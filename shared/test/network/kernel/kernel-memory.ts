import { instantiateKernel } from "../../../src/network/kernel/kernel-instance.js";
import { type KernelBuild, kernelModule } from "../../../src/network/kernel/kernel-module.js";
import type { Random } from "../../../src/random/random.js";

export const BUILDS = ["simd", "scalar"] as const satisfies readonly KernelBuild[];

/** A matrix in the kernel's memory: rows `stride` cells apart, zeros behind the columns. */
export interface Placed {
  readonly at: number;
  readonly stride: number;
  readonly rows: number;
  readonly columns: number;
  readonly cells: Float32Array;
}

/** A kernel of one build, and matrices in its memory. */
export async function kernelMemory(build: KernelBuild) {
  const compiled = await kernelModule(build);
  if (!compiled) throw new Error(`no ${build} kernel here`);
  const { calls, memory } = instantiateKernel(compiled);
  memory.grow(31);
  let end = 32;
  return {
    calls,
    /** Forgets all matrices. */
    clear() {
      new Uint8Array(memory.buffer).fill(0);
      end = 32;
    },
    /** Random numbers, and garbage in the rows behind them; a single column is dense, unless told. */
    matrix(rows: number, columns: number, random?: Random, stride = strideOf(columns)): Placed {
      const capacity = Math.ceil(rows / 4) * 4 * stride;
      const cells = new Float32Array(memory.buffer, end, capacity);
      const placed = { at: end, stride, rows, columns, cells };
      end += Math.ceil(capacity / 8) * 32;
      for (let i = 0; i < capacity && random; i++) {
        if (i % stride < columns) cells[i] = i < rows * stride ? random.normal() : 1e9;
      }
      return placed;
    },
    integers(values: readonly number[]): number {
      const at = end;
      new Int32Array(memory.buffer, at, values.length).set(values);
      end += Math.ceil(values.length / 8) * 32;
      return at;
    },
  };
}

export const strideOf = (columns: number) => (columns === 1 ? 1 : 8 * Math.ceil(columns / 8));

export const cell = ({ cells, stride }: Placed, row: number, column: number): number =>
  cells[row * stride + column] ?? Number.NaN;

/** Its rows, one behind the other, without padding. */
export const dense = (matrix: Placed): number[] =>
  Array.from({ length: matrix.rows * matrix.columns }, (_, i) =>
    cell(matrix, Math.floor(i / matrix.columns), i % matrix.columns),
  );

/** What lies between the columns and the next row, in rows that count. */
export const padding = ({ cells, stride, rows, columns }: Placed): number[] =>
  [...cells.subarray(0, rows * stride)].filter((_, i) => i % stride >= columns);
