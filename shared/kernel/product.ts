import { bytes, dot } from "./rows";
import { LANES, STEP } from "./simd";
import { tile } from "./tile";

/**
 * out = from + left · right, for rows × inner and inner × columns. `from` is a matrix of its own row stride (0: one row for
 * all, a bias), `out` itself (to accumulate), or address 0 for none. A right side of stride 1 is a column, and so is `out`.
 */
export function product(
  out: usize,
  outStride: i32,
  from: usize,
  fromStride: i32,
  left: usize,
  leftStride: i32,
  right: usize,
  rightStride: i32,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  if (rightStride === 1) return column(out, from, fromStride, left, leftStride, right, rows, inner);
  const outStep = bytes(outStride);
  const fromStep = bytes(fromStride);
  const leftStep = bytes(leftStride);
  for (let j = 0; j < columns; j += 2 * LANES) {
    let a = left;
    let initial = from;
    let to = out;
    for (let i = 0; i < rows; i += 4) {
      tile(to, outStep, initial, fromStep, a, leftStep, 4, right, bytes(rightStride), inner);
      a += leftStep << 2;
      to += outStep << 2;
      if (from) initial += fromStep << 2;
    }
    right += 2 * STEP;
    out += 2 * STEP;
    if (from) from += 2 * STEP;
  }
}

function column(
  out: usize,
  from: usize,
  fromStride: i32,
  left: usize,
  leftStride: i32,
  right: usize,
  rows: i32,
  inner: i32,
): void {
  for (let i = 0; i < rows; i++) {
    let value: f32 = leftStride === 1 ? f32.load(left) * f32.load(right) : dot(left, right, inner);
    if (from) value += f32.load(from + bytes(i * fromStride));
    f32.store(out + bytes(i), value);
    left += bytes(leftStride);
  }
}
