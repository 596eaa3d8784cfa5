import { bytes, copy, zero } from "./rows";

/** How many steps the longest of the histories takes: 1 + the last place with an event in any of them. */
export function longest(mask: usize, states: i32, length: i32): i32 {
  let steps = 0;
  for (let b = 0; b < states; b++) {
    for (let t = steps; t < length; t++) if (f32.load(mask + bytes(t)) !== 0) steps = t + 1;
    mask += bytes(length);
  }
  return steps;
}

/** Each state's row after the last of so many steps; zeros where there was none. */
export function copyLast(last: usize, states: usize, steps: i32, count: i32, length: i32, stride: i32): void {
  if (steps === 0) return zero(last, count * stride);
  for (let b = 0; b < count; b++) {
    copy(last + bytes(b * stride), states + bytes((b * length + steps - 1) * stride), stride);
  }
}
