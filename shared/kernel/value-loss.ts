import { bytes } from "./rows";

/** ½ (v − t)² of each row. */
export function valueLossForward(losses: usize, values: usize, targets: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    const error = f32.load(values + bytes(i)) - f32.load(targets + bytes(i));
    f32.store(losses + bytes(i), 0.5 * error * error);
  }
}

/** dValues += dLosses · (v − t) */
export function valueLossBackward(
  dValues: usize,
  values: usize,
  targets: usize,
  dLosses: usize,
  rows: i32,
): void {
  for (let i = 0; i < rows; i++) {
    const error = f32.load(values + bytes(i)) - f32.load(targets + bytes(i));
    f32.store(dValues + bytes(i), f32.load(dValues + bytes(i)) + error * f32.load(dLosses + bytes(i)));
  }
}
