import { addScaled, bytes, zero } from "./rows";

/** mean_b = Σ_i w_bi · x_bi over the `length` events of each state. */
export function weightedMeanForward(
  means: usize,
  x: usize,
  weights: usize,
  states: i32,
  length: i32,
  stride: i32,
): void {
  for (let b = 0; b < states; b++) {
    zero(means, stride);
    for (let i = 0; i < length; i++) {
      const weight = f32.load(weights);
      if (weight !== 0) addScaled(means, x, weight, stride);
      weights += 4;
      x += bytes(stride);
    }
    means += bytes(stride);
  }
}

/** dx += */
export function weightedMeanBackward(
  dx: usize,
  dMeans: usize,
  weights: usize,
  states: i32,
  length: i32,
  stride: i32,
): void {
  for (let b = 0; b < states; b++) {
    for (let i = 0; i < length; i++) {
      const weight = f32.load(weights);
      if (weight !== 0) addScaled(dx, dMeans, weight, stride);
      weights += 4;
      dx += bytes(stride);
    }
    dMeans += bytes(stride);
  }
}
