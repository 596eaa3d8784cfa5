import type { Random } from "../../random/random.js";
import type { ObjectiveOf } from "../../task/objective-spec.js";
import { readings } from "../readings.js";
import { sampledLogPolicy } from "../sampled-log-policy.js";
import type { TaskModel } from "../task-model.js";
import type { Transition } from "../trajectories.js";
import { importanceWeight } from "./importance-weight.js";
import type { Preparing } from "./objective.js";
import { receivedTrace } from "./received-trace.js";
import type { Gradients, Outputs } from "./terms.js";

interface PpoOptions extends ObjectiveOf<"ppo"> {
  readonly importanceClip: number;
}

/** One number a state of the batch, all by the received parameters. */
interface PpoBatch {
  /** ln π₀(a|s) */
  readonly logPolicy: ArrayLike<number>;
  readonly advantages: ArrayLike<number>;
  /** 0 where none is logged. */
  readonly propensities: ArrayLike<number>;
}

/**
 * Proximal policy optimisation, as a mean over the batch of
 *
 *   −w · min(ρ A, clip(ρ, 1 − ratioClip, 1 + ratioClip) A) + valueWeight · ½ (V(s) − v)² − entropyWeight · H(π)
 *
 * with ρ = π(a|s) / π₀(a|s), π₀ the received policy: local steps are the epochs over one batch of experience.
 * Schulman et al. 2017 (arXiv 1707.06347) eq. 7, 9. Experience that another policy logged counts
 * w = min(importanceClip, π₀(a|s) / propensity), 1 without a propensity (decoupled policies: Hilton et al. 2021,
 * arXiv 2110.00641).
 */
export function ppo(
  { ratioClip, valueWeight, entropyWeight, importanceClip }: PpoOptions,
  rows: number,
  outputs: Outputs<"logPolicy" | "entropy" | "valueLosses">,
  batch: PpoBatch,
  gradients: Gradients<"logPolicy" | "entropy" | "valueLosses">,
): number {
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const before = batch.logPolicy[row] ?? 0;
    const advantage = batch.advantages[row] ?? 0;
    const weight = importanceWeight(before, batch.propensities[row] ?? 0, importanceClip);
    const ratio = Math.exp((outputs.logPolicy[row] ?? 0) - before);
    const free = weight * ratio * advantage;
    const clipped = weight * Math.min(1 + ratioClip, Math.max(1 - ratioClip, ratio)) * advantage;
    loss -= Math.min(free, clipped) + entropyWeight * (outputs.entropy[row] ?? 0);
    loss += valueWeight * (outputs.valueLosses[row] ?? 0);
    gradients.logPolicy[row] = free <= clipped ? -free / rows : 0;
    gradients.entropy[row] = -entropyWeight / rows;
    gradients.valueLosses[row] = valueWeight / rows;
  }
  return loss / rows;
}

/** Advantages by the received parameters, along whole sessions; ratios over the very candidates of each batch. */
export function* preparePpo(
  objective: ObjectiveOf<"ppo">,
  model: TaskModel,
  transitions: readonly Transition[],
  random: Random,
): Preparing {
  const options = { ...objective, importanceClip: model.task.learning.importanceClip };
  const clips = { lambda: objective.lambda, rhoClip: 1, cClip: 1 };
  const trace = yield* receivedTrace(model, transitions, clips, random);
  return (batch) => {
    const { transitions: drawn, places, candidates, each } = batch;
    const states = drawn.map(({ state }) => state);
    const { logits } = readings(model, model.target(), states, candidates);
    const facts = {
      logPolicy: drawn.map((_, row) => sampledLogPolicy(logits, row, each, model.itemsPerNegative)),
      advantages: places.map((place) => (trace.actions[place] ?? 0) - (trace.received[place] ?? 0)),
      propensities: drawn.map(({ propensity }) => propensity ?? 0),
    };
    return {
      valueTargets: places.map((place) => trace.values[place] ?? 0),
      loss: (outputs, gradients) => ppo(options, drawn.length, outputs, facts, gradients),
    };
  };
}
