import { policyScorer } from "../../baselines/policy-scorer.js";
import { evaluate } from "../../evaluation/evaluate.js";
import { type SampledFrom, sampleOf } from "./sample.js";

/** Clients whose ranking is looked at during a run. */
export const HIT_RATE_USERS = 200;

/** HR@10 of one sample of the population, always the same, among 99 items that each has not touched. */
export function hitRate(from: SampledFrom): (parameters: Float32Array) => number {
  const { model, seed } = from;
  const environment = sampleOf(from, HIT_RATE_USERS);
  return (parameters) =>
    evaluate(policyScorer(model, parameters), environment, model.catalogue, [seed]).metrics["hr@10"].mean;
}
