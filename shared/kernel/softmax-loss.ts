import { bytes } from "./rows";
import { add, LANES, load, multiply, splat, store, subtract } from "./simd";
import { softmax } from "./softmax";

/**
 * For each row of logits: ln π of its target and the entropy of π. `correction` is added to every logit but the target's: all
 * others stand for exp(correction) items each, among which their probability is shared out. `probabilities` keeps π, in padded rows. `room` is for two numbers.
 */
export function softmaxLossForward(
  logits: usize,
  stride: i32,
  targets: usize,
  correction: f32,
  probabilities: usize,
  room: usize,
  logProbabilities: usize,
  entropies: usize,
  rows: i32,
  columns: i32,
): void {
  for (let i = 0; i < rows; i++) {
    const target = bytes(i32.load(targets + bytes(i)));
    let j = 0;
    for (; j + LANES <= columns; j += LANES) {
      store(probabilities + bytes(j), add(load(logits + bytes(j)), splat(correction)));
    }
    for (; j < columns; j++) f32.store(probabilities + bytes(j), f32.load(logits + bytes(j)) + correction);
    const own = f32.load(logits + target);
    f32.store(probabilities + target, own);
    const top = softmax(probabilities, columns, room);
    f32.store(logProbabilities + bytes(i), own - top - f32.load(room));
    const others: f32 = 1 - f32.load(probabilities + target);
    f32.store(entropies + bytes(i), f32.load(room + 4) + correction * others);
    logits += bytes(stride);
    probabilities += bytes((columns + 7) & ~7);
  }
}

/** dLogits += */
export function softmaxLossBackward(
  dLogits: usize,
  logits: usize,
  stride: i32,
  targets: usize,
  probabilities: usize,
  logProbabilities: usize,
  entropies: usize,
  dLogProbabilities: usize,
  dEntropies: usize,
  rows: i32,
  columns: i32,
): void {
  for (let i = 0; i < rows; i++) {
    const target = bytes(i32.load(targets + bytes(i)));
    const dLog = f32.load(dLogProbabilities + bytes(i));
    const dEntropy = f32.load(dEntropies + bytes(i));
    const own = f32.load(logits + target);
    // ln p + entropy of the target: what an item of any other logit has is this and how far it is above it.
    const shift = f32.load(logProbabilities + bytes(i)) + f32.load(entropies + bytes(i));
    const kept = f32.load(dLogits + target);
    let j = 0;
    for (; j + LANES <= columns; j += LANES) {
      const above = subtract(load(logits + bytes(j)), splat(own));
      const surprise = add(above, splat(shift));
      const slope = add(splat(dLog), multiply(splat(dEntropy), surprise));
      const change = multiply(load(probabilities + bytes(j)), slope);
      store(dLogits + bytes(j), subtract(load(dLogits + bytes(j)), change));
    }
    for (; j < columns; j++) {
      const surprise = f32.load(logits + bytes(j)) - own + shift;
      const change = f32.load(probabilities + bytes(j)) * (dLog + dEntropy * surprise);
      f32.store(dLogits + bytes(j), f32.load(dLogits + bytes(j)) - change);
    }
    const change = f32.load(probabilities + target) * (dLog + dEntropy * shift);
    f32.store(dLogits + target, kept + dLog - change);
    logits += bytes(stride);
    dLogits += bytes(stride);
    probabilities += bytes((columns + 7) & ~7);
  }
}
