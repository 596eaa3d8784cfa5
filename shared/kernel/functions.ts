import {
  add,
  atLeast,
  atMost,
  divide,
  Lanes,
  multiply,
  nearest,
  powerOfTwo,
  splat,
  subtract,
  zeroBelow,
} from "./simd";

/** value · x + constant: one step of Horner's scheme. */
function horner(value: Lanes, x: Lanes, constant: f32): Lanes {
  return add(multiply(value, x), splat(constant));
}

/** e^x within 2 ulp from −87 to 88, 0 below, as at 88 above (polynomial of Moshier's Cephes, expf). */
export function exp(given: Lanes): Lanes {
  let x = atLeast(atMost(given, splat(88)), splat(-87));
  const n = nearest(multiply(x, splat(1.44269504088896341)));
  x = subtract(subtract(x, multiply(n, splat(0.693359375))), multiply(n, splat(-2.1219444e-4)));
  let p = splat(1.98756915e-4);
  p = horner(p, x, 1.3981999507e-3);
  p = horner(p, x, 8.3334519073e-3);
  p = horner(p, x, 4.1665795894e-2);
  p = horner(p, x, 1.6666665459e-1);
  p = horner(p, x, 5.0000001201e-1);
  const value = multiply(add(add(multiply(multiply(p, x), x), x), splat(1)), powerOfTwo(n));
  return zeroBelow(splat(-87), given, value);
}

/** tanh x within 4 ulp: a rational function of degrees 13 and 6 (the coefficients of Eigen's). */
export function tanh(x: Lanes): Lanes {
  x = atLeast(atMost(x, splat(7.90531110763549805)), splat(-7.90531110763549805));
  const square = multiply(x, x);
  let p = splat(-2.76076847742355e-16);
  p = horner(p, square, 2.00018790482477e-13);
  p = horner(p, square, -8.60467152213735e-11);
  p = horner(p, square, 5.12229709037114e-8);
  p = horner(p, square, 1.48572235717979e-5);
  p = horner(p, square, 6.37261928875436e-4);
  p = horner(p, square, 4.89352455891786e-3);
  let q = splat(1.19825839466702e-6);
  q = horner(q, square, 1.18534705686654e-4);
  q = horner(q, square, 2.268434632439e-3);
  q = horner(q, square, 4.89352518554385e-3);
  return divide(multiply(x, p), q);
}

/** ln x of a positive, normal number: 2 artanh((m − 1) / (m + 1)) of the mantissa, in double precision. */
export function log(x: f32): f32 {
  const bits = i32.reinterpret_f32(x) - 0x3f3504f3;
  const exponent = bits >> 23;
  const m = <f64>f32.reinterpret_i32((bits & 0x7fffff) + 0x3f3504f3);
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let p: f64 = 1.0 / 11;
  p = p * square + 1.0 / 9;
  p = p * square + 1.0 / 7;
  p = p * square + 1.0 / 5;
  p = p * square + 1.0 / 3;
  p = p * square + 1;
  return <f32>(<f64>exponent * 0.6931471805599453 + 2 * s * p);
}
