import { addScaled, bytes } from "./rows";

/**
 * y_i = Σ_k values_ik · w[columns_ik], K entries a row, of which those of value 0 count for nothing; or, backward, the
 * gradient of w from that of y: w[columns_ik] += values_ik · y_i. Rows of y and w are of one stride; matrices of stride 1
 * are columns.
 */
export function sparseProduct(
  y: usize,
  w: usize,
  stride: i32,
  columns: usize,
  values: usize,
  valueStride: i32,
  rows: i32,
  most: i32,
  backward: bool,
): void {
  if (!backward) for (let i = 0; i < rows * stride; i++) f32.store(y + bytes(i), 0);
  for (let i = 0; i < rows; i++) {
    for (let k: usize = 0; k < bytes(most); k += 4) {
      const value = f32.load(values + k);
      if (value === 0) continue;
      const row = w + bytes(i32.load(columns + k) * stride);
      const to = backward ? row : y;
      const from = backward ? y : row;
      if (stride === 1) f32.store(to, f32.load(to) + value * f32.load(from));
      else addScaled(to, from, value, stride);
    }
    y += bytes(stride);
    columns += bytes(most);
    values += bytes(valueStride);
  }
}
