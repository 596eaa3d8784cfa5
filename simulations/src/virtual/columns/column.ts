/** Numbers side by side in memory that all threads share. */
export type Column =
  | Uint8Array<SharedArrayBuffer>
  | Uint16Array<SharedArrayBuffer>
  | Uint32Array<SharedArrayBuffer>
  | Float32Array<SharedArrayBuffer>
  | Float64Array<SharedArrayBuffer>;

/** A column of `length` whole numbers from 0 to `most`, as narrow as these allow. */
export function wholeColumn(length: number, most: number): Column {
  if (most < 2 ** 8) return new Uint8Array(new SharedArrayBuffer(length));
  if (most < 2 ** 16) return new Uint16Array(new SharedArrayBuffer(2 * length));
  if (most < 2 ** 32) return new Uint32Array(new SharedArrayBuffer(4 * length));
  return realColumn(length);
}

export const realColumn = (length: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(8 * length));
