import { addScaled, bytes, dot, zero } from "./rows";
import { softmax } from "./softmax";

/**
 * One head of attention among the events of each state (Vaswani et al. 2017, arXiv 1706.03762, §3.2.1):
 * y_i = Σ_j≤i softmax_j(q_i · k_j · scale) v_j; zeros where event i is not there. `looks` keeps the probabilities, in rows of
 * `lookStride`.
 */
export function attentionForward(
  y: usize,
  queries: usize,
  keys: usize,
  values: usize,
  looks: usize,
  mask: usize,
  scale: f32,
  states: i32,
  length: i32,
  lookStride: i32,
  keyStride: i32,
  stride: i32,
): void {
  for (let b = 0; b < states; b++) {
    for (let i = 0; i < length; i++) {
      zero(y, stride);
      if (f32.load(mask + bytes(i)) !== 0) {
        for (let j = 0; j <= i; j++) {
          f32.store(looks + bytes(j), scale * dot(queries, keys + bytes(j * keyStride), keyStride));
        }
        softmax(looks, i + 1, 0);
        for (let j = 0; j <= i; j++) {
          addScaled(y, values + bytes(j * stride), f32.load(looks + bytes(j)), stride);
        }
      }
      y += bytes(stride);
      queries += bytes(keyStride);
      looks += bytes(lookStride);
    }
    keys += bytes(length * keyStride);
    values += bytes(length * stride);
    mask += bytes(length);
  }
}

/** dQueries +=, dKeys +=, dValues +=. `changes` is room for one row of `lookStride`. */
export function attentionBackward(
  dQueries: usize,
  dKeys: usize,
  dValues: usize,
  dy: usize,
  queries: usize,
  keys: usize,
  values: usize,
  looks: usize,
  mask: usize,
  changes: usize,
  scale: f32,
  states: i32,
  length: i32,
  lookStride: i32,
  keyStride: i32,
  stride: i32,
): void {
  for (let b = 0; b < states; b++) {
    for (let i = 0; i < length; i++) {
      if (f32.load(mask + bytes(i)) !== 0) {
        let mean: f32 = 0;
        for (let j = 0; j <= i; j++) {
          const look = f32.load(looks + bytes(j));
          const change = dot(dy, values + bytes(j * stride), stride);
          addScaled(dValues + bytes(j * stride), dy, look, stride);
          f32.store(changes + bytes(j), change);
          mean += look * change;
        }
        for (let j = 0; j <= i; j++) {
          const d = scale * f32.load(looks + bytes(j)) * (f32.load(changes + bytes(j)) - mean);
          addScaled(dQueries, keys + bytes(j * keyStride), d, keyStride);
          addScaled(dKeys + bytes(j * keyStride), queries, d, keyStride);
        }
      }
      dy += bytes(stride);
      queries += bytes(keyStride);
      dQueries += bytes(keyStride);
      looks += bytes(lookStride);
    }
    keys += bytes(length * keyStride);
    dKeys += bytes(length * keyStride);
    values += bytes(length * stride);
    dValues += bytes(length * stride);
    mask += bytes(length);
  }
}
