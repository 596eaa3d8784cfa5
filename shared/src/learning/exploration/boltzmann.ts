import type { BoltzmannSpec } from "../../task/exploration-spec.js";
import type { PlacePolicy } from "./place-policy.js";

const LEAST_TEMPERATURE = 1e-4;
const HIGHEST_TEMPERATURE = 1e4;
const HALVINGS = 60;

/**
 * softmax(scores / T) over what is left, at every place: a slate is a draw without replacement by the Plackett–Luce model
 * (Plackett 1975), as the top k of scores with Gumbel noise are (Kool et al. 2019, arXiv 1903.06059, §2). It maximises
 * E[score] + T · entropy, so T weighs the entropy; with `targetEntropy` T is the one that gives the first place that share of
 * ln n, n being what rules leave to show there (as the temperature of soft actor-critic meets a target, Haarnoja et al. 2018,
 * arXiv 1812.05905, §5), and the same for the places below it.
 */
export function boltzmann({ temperature, targetEntropy }: BoltzmannSpec): PlacePolicy {
  let found = targetEntropy === undefined ? temperature : undefined;
  return (left) => {
    found ??= temperatureFor(left.filter(Number.isFinite), targetEntropy ?? 1);
    return softmax(left, found);
  };
}

/** The temperature at which softmax(scores / T) has so much of the most entropy; it grows with T. Of finite scores. */
export function temperatureFor(scores: Float64Array, share: number): number {
  let [low, high] = [Math.log(LEAST_TEMPERATURE), Math.log(HIGHEST_TEMPERATURE)];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (entropy(softmax(scores, Math.exp(middle))) < share * Math.log(scores.length)) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

function softmax(scores: Float64Array, temperature: number): Float64Array {
  const top = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const weights = scores.map((score) => Math.exp((score - top) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const entropy = (probabilities: Float64Array): number =>
  probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
