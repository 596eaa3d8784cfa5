/** One single-precision number at a time: what simd.ts exports, for where WebAssembly has no SIMD. */
export type Lanes = f32;

/** Numbers in one {@link Lanes}. */
export const LANES: i32 = 1;
/** Bytes of one {@link Lanes}. */
export const STEP: usize = 4;

export function load(at: usize): Lanes {
  return f32.load(at);
}

export function store(at: usize, value: Lanes): void {
  f32.store(at, value);
}

export function splat(value: f32): Lanes {
  return value;
}

/** The number at `at`. */
export function broadcast(at: usize): Lanes {
  return f32.load(at);
}

export function add(a: Lanes, b: Lanes): Lanes {
  return a + b;
}

export function subtract(a: Lanes, b: Lanes): Lanes {
  return a - b;
}

export function multiply(a: Lanes, b: Lanes): Lanes {
  return a * b;
}

export function divide(a: Lanes, b: Lanes): Lanes {
  return a / b;
}

export function squareRoot(value: Lanes): Lanes {
  return f32.sqrt(value);
}

/** The smaller one; NaN where `value` is NaN. */
export function atMost(value: Lanes, limit: Lanes): Lanes {
  return limit < value ? limit : value;
}

/** The larger one; NaN where `value` is NaN. */
export function atLeast(value: Lanes, limit: Lanes): Lanes {
  return value < limit ? limit : value;
}

/** `value` where `gate` is above zero, otherwise 0. */
export function wherePositive(gate: Lanes, value: Lanes): Lanes {
  return gate > 0 ? value : 0;
}

export function nearest(value: Lanes): Lanes {
  return f32.nearest(value);
}

/** 2^n for whole n from −126 to 127. */
export function powerOfTwo(n: Lanes): Lanes {
  return f32.reinterpret_i32((<i32>n + 127) << 23);
}

/** The sum of the lanes. */
export function sum(value: Lanes): f32 {
  return value;
}

/** The largest of the lanes. */
export function largest(value: Lanes): f32 {
  return value;
}

/** 0 where `x` is below the limit, otherwise `value`. */
export function zeroBelow(limit: Lanes, x: Lanes, value: Lanes): Lanes {
  return x < limit ? 0 : value;
}

/** Stores (or adds) the sums of the lanes of four values, one after the other. */
export function storeSums(at: usize, a: Lanes, b: Lanes, c: Lanes, d: Lanes, accumulate: bool): void {
  f32.store(at, accumulate ? f32.load(at) + a : a);
  f32.store(at + 4, accumulate ? f32.load(at + 4) + b : b);
  f32.store(at + 8, accumulate ? f32.load(at + 8) + c : c);
  f32.store(at + 12, accumulate ? f32.load(at + 12) + d : d);
}
