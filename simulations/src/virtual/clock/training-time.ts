import { coinsOf, PURPOSE } from "../coins.js";

/** Of the median device, in seconds. */
const MEDIAN = 20;
/** From one time to the next, on one device. */
const JITTER = 0.2;
/** Some devices are throttled, swapping or on their last percent of battery. */
const TAIL = { share: 0.03, exponent: 1.2 };

/**
 * Seconds from the invitation to a sealed update: log-normal over devices, with a deviation of `spread` in logarithm, a
 * Pareto tail, and a little from one round to the next. Depends on seed, client and version only.
 */
export function trainingTime(spread: number, seed: number, client: number, version: number): number {
  const device = coinsOf(seed, PURPOSE.speed, 0, client);
  const slowness = Math.exp(spread * device.normal());
  const jitter = coinsOf(seed, PURPOSE.jitter, version, client);
  const now = Math.exp(JITTER * jitter.normal());
  const tail = jitter.uniform() < TAIL.share ? (1 - jitter.uniform()) ** (-1 / TAIL.exponent) : 1;
  return MEDIAN * slowness * now * tail;
}
