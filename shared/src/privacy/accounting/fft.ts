/** The discrete Fourier transform in place, of a length that is a power of two (Cooley, Tukey 1965), unnormalised. */
export function fft(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length;
  swapBitReversed(real, imaginary);
  for (let size = 2; size <= length; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const angle = (-2 * Math.PI * k) / size;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let low = k; low < length; low += size) {
        const high = low + half;
        const [a, b] = [real[high] ?? 0, imaginary[high] ?? 0];
        const [re, im] = [a * cosine - b * sine, a * sine + b * cosine];
        const [lowReal, lowImaginary] = [real[low] ?? 0, imaginary[low] ?? 0];
        real[high] = lowReal - re;
        imaginary[high] = lowImaginary - im;
        real[low] = lowReal + re;
        imaginary[low] = lowImaginary + im;
      }
    }
  }
}

function swapBitReversed(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length;
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const [re, im] = [real[i] ?? 0, imaginary[i] ?? 0];
    real[i] = real[j] ?? 0;
    imaginary[i] = imaginary[j] ?? 0;
    real[j] = re;
    imaginary[j] = im;
  }
}

/** The circular convolution of a real sequence with itself, `power` factors in all. */
export function convolutionPower(values: Float64Array, power: number): Float64Array {
  const real = values.slice();
  const imaginary = new Float64Array(values.length);
  fft(real, imaginary);
  for (let i = 0; i < real.length; i++) {
    const [re, im] = [real[i] ?? 0, imaginary[i] ?? 0];
    const radius = Math.hypot(re, im) ** power;
    const angle = power * Math.atan2(im, re);
    real[i] = radius * Math.cos(angle);
    // The inverse transform of z is the transform of its conjugate, for a real result.
    imaginary[i] = -radius * Math.sin(angle);
  }
  fft(real, imaginary);
  return real.map((value) => Math.max(0, value / real.length));
}
