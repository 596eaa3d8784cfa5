import { exp, log } from "./functions";
import { bytes } from "./rows";
import { add, atLeast, LANES, largest, load, multiply, splat, store, subtract, sum } from "./simd";

/** What an entry holds that is not there: it becomes 0, and so does the padding. */
export const ABSENT: f32 = -1e30;

/**
 * In place over one padded row: softmax of the entries that are not {@link ABSENT}; zeros where all are. Returns their largest
 * one, and stores ln Σ exp(entry − largest) and the entropy at `statistics`.
 */
export function softmax(at: usize, count: i32, statistics: usize): f32 {
  for (let j = count; j & 7; j++) f32.store(at + bytes(j), ABSENT);
  let tops = splat(ABSENT);
  for (let j = 0; j < count; j += LANES) tops = atLeast(tops, load(at + bytes(j)));
  const top = largest(tops);
  let totals = splat(0);
  let along = splat(0);
  for (let j = 0; j < count; j += LANES) {
    const shifted = subtract(load(at + bytes(j)), splat(top));
    const value = exp(shifted);
    totals = add(totals, value);
    along = add(along, multiply(value, shifted));
    store(at + bytes(j), value);
  }
  const total = sum(totals);
  const scale: f32 = top > ABSENT ? 1 / total : 0;
  for (let j = 0; j < count; j += LANES) store(at + bytes(j), multiply(splat(scale), load(at + bytes(j))));
  for (let j = count; j & 7; j++) f32.store(at + bytes(j), 0);
  if (statistics) {
    const logSum = log(total);
    f32.store(statistics, logSum);
    f32.store(statistics + 4, logSum - sum(along) * scale);
  }
  return top;
}
