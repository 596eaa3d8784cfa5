const PASSES = 100;

/**
 * Rows in the two directions in which they differ most: the first principal components, by power iteration with deflation
 * (Hotelling 1933). Centred; the sign of each axis is such that its largest weight is positive.
 */
export function principalAxes(rows: Float64Array, columns: number): { x: number; y: number }[] {
  const count = rows.length / columns;
  const centred = rows.slice();
  for (let column = 0; column < columns; column++) {
    let mean = 0;
    for (let row = 0; row < count; row++) mean += (rows[row * columns + column] ?? 0) / count;
    for (let row = 0; row < count; row++) {
      centred[row * columns + column] = (centred[row * columns + column] ?? 0) - mean;
    }
  }
  const [x, y] = [deflate(centred, columns), deflate(centred, columns)];
  return Array.from({ length: count }, (_, row) => ({ x: x[row] ?? 0, y: y[row] ?? 0 }));
}

/** Takes the widest direction out of the rows, and returns where each lay along it. */
function deflate(rows: Float64Array, columns: number): Float64Array {
  const count = rows.length / columns;
  let axis = Float64Array.from({ length: columns }, (_, column) => 1 / (1 + column));
  const along = new Float64Array(count);
  for (let pass = 0; pass < PASSES; pass++) {
    project(rows, axis, along);
    const next = new Float64Array(columns);
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < columns; column++) {
        next[column] = (next[column] ?? 0) + (along[row] ?? 0) * (rows[row * columns + column] ?? 0);
      }
    }
    const length = Math.hypot(...next);
    if (length === 0) return along.fill(0);
    axis = next.map((weight) => weight / length);
  }
  const largest = axis.reduce((most, weight) => (Math.abs(weight) > Math.abs(most) ? weight : most), 0);
  if (largest < 0) axis = axis.map((weight) => -weight);
  project(rows, axis, along);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      rows[at] = (rows[at] ?? 0) - (along[row] ?? 0) * (axis[column] ?? 0);
    }
  }
  return along;
}

function project(rows: Float64Array, axis: Float64Array, into: Float64Array): void {
  const columns = axis.length;
  for (let row = 0; row < into.length; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      sum += (rows[row * columns + column] ?? 0) * (axis[column] ?? 0);
    }
    into[row] = sum;
  }
}
