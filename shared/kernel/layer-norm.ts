import { bytes, dot } from "./rows";
import { add, LANES, load, multiply, splat, store, subtract, sum } from "./simd";

const STABILITY: f32 = 1e-5;

/**
 * y = gain ∘ x̂ + bias, x̂ = (x − mean) / √(variance + 1e-5), over each row (Ba et al. 2016, arXiv 1607.06450). `normalised` keeps x̂,
 * `scales` what it was divided by.
 */
export function layerNormForward(
  y: usize,
  x: usize,
  gain: usize,
  bias: usize,
  normalised: usize,
  scales: usize,
  rows: i32,
  columns: i32,
  stride: i32,
): void {
  for (let i = 0; i < rows; i++) {
    let total = splat(0);
    for (let j = 0; j < stride; j += LANES) total = add(total, load(x + bytes(j)));
    const mean = sum(total) / <f32>columns;
    for (let j = 0; j < stride; j += LANES) {
      store(normalised + bytes(j), subtract(load(x + bytes(j)), splat(mean)));
    }
    for (let j = columns; j < stride; j++) f32.store(normalised + bytes(j), 0);
    const variance = dot(normalised, normalised, stride) / <f32>columns;
    const scale: f32 = 1 / sqrt<f32>(variance + STABILITY);
    f32.store(scales + bytes(i), scale);
    for (let j = 0; j < stride; j += LANES) {
      const value = multiply(load(normalised + bytes(j)), splat(scale));
      store(normalised + bytes(j), value);
      store(y + bytes(j), add(multiply(value, load(gain + bytes(j))), load(bias + bytes(j))));
    }
    x += bytes(stride);
    y += bytes(stride);
    normalised += bytes(stride);
  }
}

/** dx +=, dGain +=, dBias += (`columns` numbers a row, padded to `stride`). */
export function layerNormBackward(
  dx: usize,
  dGain: usize,
  dBias: usize,
  dy: usize,
  gain: usize,
  normalised: usize,
  scales: usize,
  rows: i32,
  columns: i32,
  stride: i32,
): void {
  for (let i = 0; i < rows; i++) {
    let total = splat(0);
    let along = splat(0);
    for (let j = 0; j < stride; j += LANES) {
      const d = load(dy + bytes(j));
      const value = load(normalised + bytes(j));
      const scaled = multiply(d, load(gain + bytes(j)));
      store(dBias + bytes(j), add(load(dBias + bytes(j)), d));
      store(dGain + bytes(j), add(load(dGain + bytes(j)), multiply(d, value)));
      total = add(total, scaled);
      along = add(along, multiply(scaled, value));
    }
    const mean = splat(sum(total) / <f32>columns);
    const slope = splat(sum(along) / <f32>columns);
    const scale = splat(f32.load(scales + bytes(i)));
    for (let j = 0; j < stride; j += LANES) {
      const scaled = multiply(load(dy + bytes(j)), load(gain + bytes(j)));
      const part = subtract(subtract(scaled, mean), multiply(slope, load(normalised + bytes(j))));
      store(dx + bytes(j), add(load(dx + bytes(j)), multiply(scale, part)));
    }
    for (let j = columns; j < stride; j++) f32.store(dx + bytes(j), 0);
    dx += bytes(stride);
    dy += bytes(stride);
    normalised += bytes(stride);
  }
}
