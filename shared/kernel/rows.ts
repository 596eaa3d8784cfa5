import { add, LANES, load, multiply, STEP, splat, store, sum } from "./simd";

/** Bytes of `count` numbers. */
export function bytes(count: i32): usize {
  return (<usize>count) << 2;
}

export function zero(at: usize, count: i32): void {
  for (let j = 0; j < count; j += LANES) {
    store(at, splat(0));
    at += STEP;
  }
}

export function copy(to: usize, from: usize, count: i32): void {
  for (let j = 0; j < count; j += LANES) {
    store(to, load(from));
    to += STEP;
    from += STEP;
  }
}

/** Σ a_j b_j; both padded with zeros. */
export function dot(a: usize, b: usize, columns: i32): f32 {
  let even = splat(0);
  let odd = splat(0);
  for (let j = 0; j < columns; j += 2 * LANES) {
    even = add(even, multiply(load(a), load(b)));
    odd = add(odd, multiply(load(a + STEP), load(b + STEP)));
    a += 2 * STEP;
    b += 2 * STEP;
  }
  return sum(add(even, odd));
}

/** out += factor · x */
export function addScaled(out: usize, x: usize, factor: f32, columns: i32): void {
  const factors = splat(factor);
  for (let j = 0; j < columns; j += LANES) {
    store(out, add(load(out), multiply(factors, load(x))));
    out += STEP;
    x += STEP;
  }
}

/** out += x */
export function addAll(out: usize, x: usize, count: i32): void {
  for (let j = 0; j < count; j += LANES) {
    store(out, add(load(out), load(x)));
    out += STEP;
    x += STEP;
  }
}

/** out (+)= Σ_i w_i m_i over exactly `rows` rows. */
export function weightedRowSum(
  out: usize,
  m: usize,
  stride: i32,
  weights: usize,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  for (let j = 0; j < columns; j += LANES) {
    let total = accumulate ? load(out) : splat(0);
    let at = m;
    for (let i = 0; i < rows; i++) {
      total = add(total, multiply(splat(f32.load(weights + bytes(i))), load(at)));
      at += bytes(stride);
    }
    store(out, total);
    out += STEP;
    m += STEP;
  }
}

/** out (+)= Σ_i m_i over exactly `rows` rows: the gradient of a bias. A matrix of stride 1 is a column. */
export function rowSum(out: usize, m: usize, stride: i32, rows: i32, columns: i32, accumulate: bool): void {
  if (stride === 1) {
    let total: f32 = accumulate ? f32.load(out) : 0;
    for (let i = 0; i < rows; i++) total += f32.load(m + bytes(i));
    f32.store(out, total);
    return;
  }
  for (let j = 0; j < columns; j += LANES) {
    let total = accumulate ? load(out) : splat(0);
    let at = m;
    for (let i = 0; i < rows; i++) {
      total = add(total, load(at));
      at += bytes(stride);
    }
    store(out, total);
    out += STEP;
    m += STEP;
  }
}
