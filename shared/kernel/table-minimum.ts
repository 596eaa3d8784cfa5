import { bytes } from "./rows";

/** y_i = min_k table[columns_ik], K columns a row, at least one; y and the table are columns. */
export function tableMinimum(y: usize, table: usize, columns: usize, rows: i32, most: i32): void {
  for (let i = 0; i < rows; i++) {
    let least = f32.load(table + bytes(i32.load(columns)));
    for (let k: usize = 4; k < bytes(most); k += 4) {
      least = min(least, f32.load(table + bytes(i32.load(columns + k))));
    }
    f32.store(y + bytes(i), least);
    columns += bytes(most);
  }
}
