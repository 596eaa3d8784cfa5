/** Four single-precision numbers at a time. In the scalar build the compiler reads scalar.ts in place of this file. */
export type Lanes = v128;

/** Numbers in one {@link Lanes}. */
export const LANES: i32 = 4;
/** Bytes of one {@link Lanes}. */
export const STEP: usize = 16;

export function load(at: usize): Lanes {
  return v128.load(at);
}

export function store(at: usize, value: Lanes): void {
  v128.store(at, value);
}

export function splat(value: f32): Lanes {
  return f32x4.splat(value);
}

/** The number at `at` in every lane. */
export function broadcast(at: usize): Lanes {
  return v128.load32_splat(at);
}

export function add(a: Lanes, b: Lanes): Lanes {
  return f32x4.add(a, b);
}

export function subtract(a: Lanes, b: Lanes): Lanes {
  return f32x4.sub(a, b);
}

export function multiply(a: Lanes, b: Lanes): Lanes {
  return f32x4.mul(a, b);
}

export function divide(a: Lanes, b: Lanes): Lanes {
  return f32x4.div(a, b);
}

export function squareRoot(value: Lanes): Lanes {
  return f32x4.sqrt(value);
}

/** The smaller one; NaN where `value` is NaN. */
export function atMost(value: Lanes, limit: Lanes): Lanes {
  return f32x4.pmin(value, limit);
}

/** The larger one; NaN where `value` is NaN. */
export function atLeast(value: Lanes, limit: Lanes): Lanes {
  return f32x4.pmax(value, limit);
}

/** `value` where `gate` is above zero, otherwise 0. */
export function wherePositive(gate: Lanes, value: Lanes): Lanes {
  return v128.and(f32x4.gt(gate, f32x4.splat(0)), value);
}

export function nearest(value: Lanes): Lanes {
  return f32x4.nearest(value);
}

/** 2^n for whole n from −126 to 127. */
export function powerOfTwo(n: Lanes): Lanes {
  return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
}

/** The sum of the lanes. */
export function sum(value: Lanes): f32 {
  const pairs = f32x4.add(value, v128.shuffle<f32>(value, value, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The largest of the lanes. */
export function largest(value: Lanes): f32 {
  const pairs = f32x4.pmax(value, v128.shuffle<f32>(value, value, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** 0 where `x` is below the limit, otherwise `value`. */
export function zeroBelow(limit: Lanes, x: Lanes, value: Lanes): Lanes {
  return v128.andnot(value, f32x4.lt(x, limit));
}

/** Stores (or adds) the sums of the lanes of four values, one after the other. */
export function storeSums(at: usize, a: Lanes, b: Lanes, c: Lanes, d: Lanes, accumulate: bool): void {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  let sums = f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  if (accumulate) sums = f32x4.add(sums, v128.load(at));
  v128.store(at, sums);
}
