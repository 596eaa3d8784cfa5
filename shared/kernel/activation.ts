import { exp, tanh } from "./functions";
import {
  add,
  atLeast,
  divide,
  LANES,
  load,
  multiply,
  STEP,
  splat,
  store,
  subtract,
  wherePositive,
} from "./simd";

/** In place. tanh 0 = 0, so that padding stays zero. */
export function tanhForward(at: usize, count: i32): void {
  for (let i = 0; i < count; i += LANES) {
    store(at, tanh(load(at)));
    at += STEP;
  }
}

/** dy becomes dy · (1 − y²). */
export function tanhBackward(dy: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i += LANES) {
    const value = load(y);
    store(dy, multiply(load(dy), subtract(splat(1), multiply(value, value))));
    dy += STEP;
    y += STEP;
  }
}

export function reluForward(at: usize, count: i32): void {
  for (let i = 0; i < count; i += LANES) {
    store(at, atLeast(load(at), splat(0)));
    at += STEP;
  }
}

/** dy becomes dy where y > 0, otherwise 0. */
export function reluBackward(dy: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i += LANES) {
    store(dy, wherePositive(load(y), load(dy)));
    dy += STEP;
    y += STEP;
  }
}

/** In place: 1 / (1 + e^−x); padding becomes ½. */
export function sigmoidForward(at: usize, count: i32): void {
  for (let i = 0; i < count; i += LANES) {
    store(at, divide(splat(1), add(splat(1), exp(subtract(splat(0), load(at))))));
    at += STEP;
  }
}

/** dy becomes dy · y · (1 − y). */
export function sigmoidBackward(dy: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i += LANES) {
    const value = load(y);
    store(dy, multiply(load(dy), multiply(value, subtract(splat(1), value))));
    dy += STEP;
    y += STEP;
  }
}
