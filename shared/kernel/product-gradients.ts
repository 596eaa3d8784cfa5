import { addScaled, bytes, dot, weightedRowSum, zero } from "./rows";
import { add, LANES, Lanes, load, multiply, STEP, splat, storeSums } from "./simd";
import { tile } from "./tile";

/** dRight (+)= leftᵀ · dOut over exactly `rows` rows. Matrices of stride 1 are columns. */
export function weightGradient(
  dRight: usize,
  dRightStride: i32,
  left: usize,
  leftStride: i32,
  dOut: usize,
  dOutStride: i32,
  rows: i32,
  inner: i32,
  columns: i32,
  accumulate: bool,
): void {
  if (leftStride === 1 && dOutStride === 1) return columnProduct(dRight, left, dOut, rows, accumulate);
  if (dOutStride === 1) return weightedRowSum(dRight, left, leftStride, dOut, rows, inner, accumulate);
  if (leftStride === 1) return weightedRowSum(dRight, dOut, dOutStride, left, rows, columns, accumulate);
  const step = bytes(dRightStride);
  for (let j = 0; j < columns; j += 2 * LANES) {
    let to = dRight;
    for (let k = 0; k < inner; k += 4) {
      const from = accumulate ? to : 0;
      tile(to, step, from, step, left + bytes(k), 4, bytes(leftStride), dOut, bytes(dOutStride), rows);
      to += step << 2;
    }
    dOut += 2 * STEP;
    dRight += 2 * STEP;
  }
}

function columnProduct(out: usize, a: usize, b: usize, rows: i32, accumulate: bool): void {
  let total: f32 = accumulate ? f32.load(out) : 0;
  for (let i = 0; i < rows; i++) total += f32.load(a + bytes(i)) * f32.load(b + bytes(i));
  f32.store(out, total);
}

/** dLeft (+)= dOut · rightᵀ. Matrices of stride 1 are columns. */
export function inputGradient(
  dLeft: usize,
  dLeftStride: i32,
  dOut: usize,
  dOutStride: i32,
  right: usize,
  rightStride: i32,
  rows: i32,
  inner: i32,
  columns: i32,
  accumulate: bool,
): void {
  if (dLeftStride === 1 || dOutStride === 1) {
    return gradientOfColumns(dLeft, dLeftStride, dOut, dOutStride, right, rows, inner, columns, accumulate);
  }
  const rightStep = bytes(rightStride);
  const dOutStep = bytes(dOutStride);
  const dLeftStep = bytes(dLeftStride);
  for (let k = 0; k < inner; k += 4) {
    let a = dOut;
    let to = dLeft;
    for (let i = 0; i < rows; i += 2) {
      dots(to, dLeftStep, a, dOutStep, right, rightStep, columns, accumulate);
      a += dOutStep << 1;
      to += dLeftStep << 1;
    }
    right += rightStep << 2;
    dLeft += 16;
  }
}

/** Two rows by four columns of dOut · rightᵀ: dot products of their rows. */
function dots(
  out: usize,
  outStep: usize,
  a: usize,
  step: usize,
  r0: usize,
  rightStep: usize,
  columns: i32,
  accumulate: bool,
): void {
  const zero = splat(0);
  let a0: Lanes = zero;
  let a1: Lanes = zero;
  let a2: Lanes = zero;
  let a3: Lanes = zero;
  let b0: Lanes = zero;
  let b1: Lanes = zero;
  let b2: Lanes = zero;
  let b3: Lanes = zero;
  let b = a + step;
  let r1 = r0 + rightStep;
  let r2 = r1 + rightStep;
  let r3 = r2 + rightStep;
  for (let j = 0; j < columns; j += LANES) {
    const da = load(a);
    const db = load(b);
    let r = load(r0);
    a0 = add(a0, multiply(da, r));
    b0 = add(b0, multiply(db, r));
    r = load(r1);
    a1 = add(a1, multiply(da, r));
    b1 = add(b1, multiply(db, r));
    r = load(r2);
    a2 = add(a2, multiply(da, r));
    b2 = add(b2, multiply(db, r));
    r = load(r3);
    a3 = add(a3, multiply(da, r));
    b3 = add(b3, multiply(db, r));
    a += STEP;
    b += STEP;
    r0 += STEP;
    r1 += STEP;
    r2 += STEP;
    r3 += STEP;
  }
  // One call in the source, so that the compiler inlines it.
  for (let row = 0; row < 2; row++) {
    storeSums(out, a0, a1, a2, a3, accumulate);
    out += outStep;
    a0 = b0;
    a1 = b1;
    a2 = b2;
    a3 = b3;
  }
}

function gradientOfColumns(
  dLeft: usize,
  dLeftStride: i32,
  dOut: usize,
  dOutStride: i32,
  right: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  accumulate: bool,
): void {
  for (let i = 0; i < rows; i++) {
    if (dLeftStride === 1) {
      const value = dOutStride === 1 ? f32.load(dOut) * f32.load(right) : dot(dOut, right, columns);
      f32.store(dLeft, accumulate ? f32.load(dLeft) + value : value);
    } else {
      if (!accumulate) zero(dLeft, dLeftStride);
      addScaled(dLeft, right, f32.load(dOut), inner);
    }
    dLeft += bytes(dLeftStride);
    dOut += bytes(dOutStride);
  }
}
