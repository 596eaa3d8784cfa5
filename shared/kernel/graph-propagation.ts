import { addAll, addScaled, bytes, copy, dot } from "./rows";

/**
 * y_i = x_i + Σ w_e · s_r(e) · x_j(e) over the edges e of row i: those from starts[i] up to starts[i + 1], with their target j,
 * weight w and relation r. `strengths` is s, one a relation.
 */
export function propagateForward(
  y: usize,
  x: usize,
  starts: usize,
  targets: usize,
  weights: usize,
  relations: usize,
  strengths: usize,
  rows: i32,
  stride: i32,
): void {
  for (let i = 0; i < rows; i++) {
    copy(y, x + bytes(i * stride), stride);
    for (let e = i32.load(starts + bytes(i)); e < i32.load(starts + bytes(i + 1)); e++) {
      const strength = f32.load(strengths + bytes(i32.load(relations + bytes(e))));
      const from = x + bytes(i32.load(targets + bytes(e)) * stride);
      addScaled(y, from, f32.load(weights + bytes(e)) * strength, stride);
    }
    y += bytes(stride);
  }
}

/** dx += and dStrengths += */
export function propagateBackward(
  dx: usize,
  dStrengths: usize,
  dy: usize,
  x: usize,
  starts: usize,
  targets: usize,
  weights: usize,
  relations: usize,
  strengths: usize,
  rows: i32,
  stride: i32,
): void {
  for (let i = 0; i < rows; i++) {
    addAll(dx + bytes(i * stride), dy, stride);
    for (let e = i32.load(starts + bytes(i)); e < i32.load(starts + bytes(i + 1)); e++) {
      const relation = bytes(i32.load(relations + bytes(e)));
      const target = bytes(i32.load(targets + bytes(e)) * stride);
      const weight = f32.load(weights + bytes(e));
      addScaled(dx + target, dy, weight * f32.load(strengths + relation), stride);
      const change = weight * dot(dy, x + target, stride);
      f32.store(dStrengths + relation, f32.load(dStrengths + relation) + change);
    }
    dy += bytes(stride);
  }
}
