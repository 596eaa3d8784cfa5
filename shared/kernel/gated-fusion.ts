import { addScaled, bytes, copy, dot } from "./rows";
import { ABSENT, softmax } from "./softmax";

/** gates = softmax of the scores over the modalities that are present; zeros where none is. All of one stride. */
export function gatesForward(
  gates: usize,
  scores: usize,
  present: usize,
  rows: i32,
  modalities: i32,
  stride: i32,
): void {
  copy(gates, scores, rows * stride);
  for (let i = 0; i < rows; i++) {
    for (let m: usize = 0; m < bytes(modalities); m += 4) {
      if (f32.load(present + m) === 0) f32.store(gates + m, ABSENT);
    }
    softmax(gates, modalities, 0);
    gates += bytes(stride);
    present += bytes(stride);
  }
}

/** dScores += */
export function gatesBackward(
  dScores: usize,
  dGates: usize,
  gates: usize,
  rows: i32,
  modalities: i32,
  stride: i32,
): void {
  for (let i = 0; i < rows; i++) {
    const mean = dot(gates, dGates, stride);
    for (let m: usize = 0; m < bytes(modalities); m += 4) {
      const change = f32.load(gates + m) * (f32.load(dGates + m) - mean);
      f32.store(dScores + m, f32.load(dScores + m) + change);
    }
    gates += bytes(stride);
    dGates += bytes(stride);
    dScores += bytes(stride);
  }
}

/** y_i += g_i x_i: one modality, whose gates are `gateStride` numbers apart. */
export function fusionForward(
  y: usize,
  x: usize,
  gates: usize,
  gateStride: i32,
  rows: i32,
  stride: i32,
): void {
  for (let i = 0; i < rows; i++) {
    addScaled(y, x, f32.load(gates), stride);
    y += bytes(stride);
    x += bytes(stride);
    gates += bytes(gateStride);
  }
}

/** dx += (address 0: not wanted); dGates becomes x · dy. */
export function fusionBackward(
  dx: usize,
  dGates: usize,
  dy: usize,
  x: usize,
  gates: usize,
  gateStride: i32,
  rows: i32,
  stride: i32,
): void {
  for (let i = 0; i < rows; i++) {
    f32.store(dGates, dot(x, dy, stride));
    if (dx) {
      addScaled(dx, dy, f32.load(gates), stride);
      dx += bytes(stride);
    }
    dy += bytes(stride);
    x += bytes(stride);
    gates += bytes(gateStride);
    dGates += bytes(gateStride);
  }
}
