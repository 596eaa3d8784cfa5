/** Sizes up to which a whole transform stays in the cache. */
const CACHED = 4096;

/** cos and sin of −πk / half at half + k: a table for one length holds those of all shorter ones. */
let cosines = new Float64Array(0);
let sines = new Float64Array(0);

function prepare(length: number): void {
  if (cosines.length >= length) return;
  [cosines, sines] = [new Float64Array(length), new Float64Array(length)];
  for (let half = 1; half < length; half *= 2) {
    for (let k = 0; k < half; k++) {
      const angle = (-Math.PI * k) / half;
      cosines[half + k] = Math.cos(angle);
      sines[half + k] = Math.sin(angle);
    }
  }
}

/**
 * The discrete Fourier transform in place, of a length that is a power of two, unnormalised. It leaves its result in
 * bit-reversed order (Gentleman, Sande 1966), the order in which {@link fromReversed} takes it.
 */
export function toReversed(real: Float64Array, imaginary: Float64Array): void {
  prepare(real.length);
  split(real, imaginary, 0, real.length);
}

/** The same transform from bit-reversed into natural order (Cooley, Tukey 1965). */
export function fromReversed(real: Float64Array, imaginary: Float64Array): void {
  prepare(real.length);
  merge(real, imaginary, 0, real.length);
}

/** Halves by halves, depth first, so that all but the widest passes run within the cache. */
function split(real: Float64Array, imaginary: Float64Array, start: number, length: number): void {
  if (length > CACHED) {
    separate(real, imaginary, start, length / 2);
    split(real, imaginary, start, length / 2);
    split(real, imaginary, start + length / 2, length / 2);
    return;
  }
  for (let half = length / 2; half >= 1; half /= 2) {
    for (let at = start; at < start + length; at += 2 * half) separate(real, imaginary, at, half);
  }
}

function merge(real: Float64Array, imaginary: Float64Array, start: number, length: number): void {
  if (length > CACHED) {
    merge(real, imaginary, start, length / 2);
    merge(real, imaginary, start + length / 2, length / 2);
    join(real, imaginary, start, length / 2);
    return;
  }
  for (let half = 1; half < length; half *= 2) {
    for (let at = start; at < start + length; at += 2 * half) join(real, imaginary, at, half);
  }
}

function separate(real: Float64Array, imaginary: Float64Array, start: number, half: number): void {
  for (let k = 0, low = start, high = start + half; k < half; k++, low++, high++) {
    const [lowReal, lowImaginary] = [real[low] ?? 0, imaginary[low] ?? 0];
    const [highReal, highImaginary] = [real[high] ?? 0, imaginary[high] ?? 0];
    const [re, im] = [lowReal - highReal, lowImaginary - highImaginary];
    const [cosine, sine] = [cosines[half + k] ?? 0, sines[half + k] ?? 0];
    real[low] = lowReal + highReal;
    imaginary[low] = lowImaginary + highImaginary;
    real[high] = re * cosine - im * sine;
    imaginary[high] = re * sine + im * cosine;
  }
}

function join(real: Float64Array, imaginary: Float64Array, start: number, half: number): void {
  for (let k = 0, low = start, high = start + half; k < half; k++, low++, high++) {
    const [cosine, sine] = [cosines[half + k] ?? 0, sines[half + k] ?? 0];
    const [a, b] = [real[high] ?? 0, imaginary[high] ?? 0];
    const [re, im] = [a * cosine - b * sine, a * sine + b * cosine];
    const [lowReal, lowImaginary] = [real[low] ?? 0, imaginary[low] ?? 0];
    real[low] = lowReal + re;
    imaginary[low] = lowImaginary + im;
    real[high] = lowReal - re;
    imaginary[high] = lowImaginary - im;
  }
}
