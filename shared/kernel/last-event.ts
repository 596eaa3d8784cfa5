import { addAll, bytes, copy, zero } from "./rows";

/** The row of each state's last event that is there, zeros where there is none. */
export function lastEventForward(
  last: usize,
  x: usize,
  mask: usize,
  states: i32,
  length: i32,
  stride: i32,
): void {
  for (let b = 0; b < states; b++) {
    const place = lastPlace(mask, length);
    if (place < 0) zero(last, stride);
    else copy(last, x + bytes(place * stride), stride);
    last += bytes(stride);
    x += bytes(length * stride);
    mask += bytes(length);
  }
}

/** dx += */
export function lastEventBackward(
  dx: usize,
  dLast: usize,
  mask: usize,
  states: i32,
  length: i32,
  stride: i32,
): void {
  for (let b = 0; b < states; b++) {
    const place = lastPlace(mask, length);
    if (place >= 0) addAll(dx + bytes(place * stride), dLast, stride);
    dLast += bytes(stride);
    dx += bytes(length * stride);
    mask += bytes(length);
  }
}

/** −1 where there is no event. */
function lastPlace(mask: usize, length: i32): i32 {
  let place = length - 1;
  while (place >= 0 && f32.load(mask + bytes(place)) === 0) place--;
  return place;
}
