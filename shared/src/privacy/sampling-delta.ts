import { gaussianVariation } from "./gaussian-variation.js";

/**
 * What `count` draws of `noiseShare` add to delta: (1 + e^ε)·TV. The 128-bit thresholds of a deviation of 20 add
 * less than 1e-21 for ten million coordinates and a thousand participations at ε = 10.
 */
export function samplingDelta(deviation: number, count: number, epsilon: number): number {
  return (1 + Math.exp(epsilon)) * count * gaussianVariation(deviation);
}
