/** Symmetric noise over the integers, as far out as matters. */
export interface IntegerNoise {
  /** ln P[X = x] for x = 0, 1, … */
  readonly logs: Float64Array;
  /** Bounds the probability of what lies further out than the client can move. */
  readonly beyond: number;
}

/** Deviations beyond which normal tails hold less than {@link BEYOND}, and the logarithm of that. */
const DEVIATIONS = 9.6;
const NATS = 49;
const BEYOND = 1e-21;
/** Tables longer than this would take seconds. */
const LONGEST = 2 ** 21;

/** exp(−x² / 2σ²); undefined where the table would be too long. */
export function discreteGaussianNoise(stddev: number, shift: number): IntegerNoise | undefined {
  return normalised(Math.ceil(DEVIATIONS * stddev) + 1 + shift, (x) => -((x / stddev) ** 2) / 2);
}

/** exp(−|x| / scale); undefined where the table would be too long. */
export function discreteLaplaceNoise(scale: number, shift: number): IntegerNoise | undefined {
  return normalised(Math.ceil(NATS * scale) + 1 + shift, (x) => -x / scale);
}

/**
 * The difference of two Poisson variables of mean variance / 2: modified Bessel functions, whose ratios
 * I_x / I_(x−1) = 1 / (2x / variance + I_(x+1) / I_x) are stable downwards (Gautschi 1967).
 */
export function skellamNoise(variance: number, shift: number): IntegerNoise | undefined {
  const reach = Math.ceil(NATS + Math.sqrt(NATS * NATS + 2 * NATS * variance)) + 1 + shift;
  if (reach > LONGEST) return undefined;
  const ratios = new Float64Array(reach + 1);
  for (let x = 2 * reach, ratio = 0; x > 0; x--) {
    ratio = 1 / ((2 * x) / variance + ratio);
    if (x <= reach) ratios[x] = ratio;
  }
  let log = 0;
  return normalised(reach, (x) => {
    if (x > 0) log += Math.log(ratios[x] ?? 0);
    return log;
  });
}

function normalised(reach: number, logWeight: (x: number) => number): IntegerNoise | undefined {
  if (reach > LONGEST) return undefined;
  const logs = Float64Array.from({ length: reach + 1 }, (_, x) => logWeight(x));
  const logWhole = Math.log(logs.reduce((sum, log, x) => sum + (x === 0 ? 1 : 2) * Math.exp(log), 0));
  return { logs: logs.map((log) => log - logWhole), beyond: BEYOND };
}
