import { fromReversed, toReversed } from "./fft.js";

/** The circular convolution of a non-negative sequence with itself, `power` factors in all. */
export function convolutionPower(values: Float64Array, power: number): Float64Array {
  const real = values.slice();
  const imaginary = new Float64Array(values.length);
  toReversed(real, imaginary);
  for (let i = 0; i < real.length; i++) {
    const [re, im] = [real[i] ?? 0, imaginary[i] ?? 0];
    const radius = (re * re + im * im) ** (power / 2);
    if (radius === 0) {
      real[i] = imaginary[i] = 0;
      continue;
    }
    const angle = power * Math.atan2(im, re);
    real[i] = radius * Math.cos(angle);
    // The inverse transform of z is the transform of its conjugate, for a real result.
    imaginary[i] = -radius * Math.sin(angle);
  }
  fromReversed(real, imaginary);
  for (let i = 0; i < real.length; i++) real[i] = Math.max(0, (real[i] ?? 0) / real.length);
  return real;
}

/** The convolution of two non-negative sequences. */
export function convolve(first: Float64Array, second: Float64Array): Float64Array {
  const count = first.length + second.length - 1;
  const length = 2 ** Math.ceil(Math.log2(count));
  const [real, imaginary] = [new Float64Array(length), new Float64Array(length)];
  // Both transforms at once: the second travels in the imaginary part, and (a + ib)² has 2ab in its own.
  real.set(first);
  imaginary.set(second);
  toReversed(real, imaginary);
  for (let i = 0; i < length; i++) {
    const [re, im] = [real[i] ?? 0, imaginary[i] ?? 0];
    real[i] = re * re - im * im;
    imaginary[i] = -2 * re * im;
  }
  fromReversed(real, imaginary);
  for (let i = 0; i < count; i++) imaginary[i] = Math.max(0, -(imaginary[i] ?? 0) / (2 * length));
  return imaginary.slice(0, count);
}
