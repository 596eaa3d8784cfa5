import type { Random } from "../../random/random.js";
import type { ObjectiveOf } from "../../task/objective-spec.js";
import { readings } from "../readings.js";
import type { TaskModel } from "../task-model.js";
import type { Transition } from "../trajectories.js";
import { importanceWeight } from "./importance-weight.js";
import type { Objective, Preparing } from "./objective.js";
import { receivedTrace } from "./received-trace.js";
import type { Gradients, Outputs } from "./terms.js";

interface ActorCriticOptions extends ObjectiveOf<"actor-critic"> {
  readonly importanceClip: number;
}

/** One number a state of the batch: the logged facts. */
interface ActorCriticBatch {
  /** What taking the action came to. */
  readonly targets: ArrayLike<number>;
  /** Reward of the action. */
  readonly rewards: ArrayLike<number>;
  /** Logged propensities, 0 where there is none. */
  readonly propensities: ArrayLike<number>;
}

/**
 * Off-policy actor-critic over sampled candidates, as a mean over the batch of
 *
 *   −policyWeight · w · A · ln π(a|s) + valueWeight · ½ (V(s) − v)² − entropyWeight · H(π) − nextItemWeight · 1[r > 0] · ln p(a|s)
 *
 * with A = q − V(s) and w = min(importanceClip, π(a|s) / propensity), both held constant; w = 1 without a logged
 * propensity. q = v = r + γ V(s′), or what V-trace makes of the whole session; V is that of one place, and after a slate the
 * logged rewards of the next one's other places are added to it, all of them in units of a slate's length (per-place.ts). π
 * corrects the sampled negatives to the whole catalogue; p is the sampled softmax.
 * Degris, White, Sutton 2012 (arXiv 1205.4839) §2; clipping after Munos et al. 2016 (arXiv 1606.02647);
 * V-trace: Espeholt et al. 2018 (arXiv 1802.01561) §4; next-item head after Xin et al. 2020 (arXiv 2006.05779).
 */
export function actorCritic(
  options: ActorCriticOptions,
  rows: number,
  outputs: Outputs<"logPolicy" | "entropy" | "logChoice" | "values" | "valueLosses">,
  batch: ActorCriticBatch,
  gradients: Gradients<"logPolicy" | "entropy" | "logChoice" | "valueLosses">,
): number {
  const { policyWeight, valueWeight, entropyWeight, nextItemWeight, importanceClip } = options;
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const logPolicy = outputs.logPolicy[row] ?? 0;
    const weight = importanceWeight(logPolicy, batch.propensities[row] ?? 0, importanceClip);
    const advantage = (batch.targets[row] ?? 0) - (outputs.values[row] ?? 0);
    const actor = policyWeight * weight * advantage;
    const chosen = (batch.rewards[row] ?? 0) > 0 ? nextItemWeight : 0;
    loss -= actor * logPolicy + entropyWeight * (outputs.entropy[row] ?? 0);
    loss += valueWeight * (outputs.valueLosses[row] ?? 0) - chosen * (outputs.logChoice[row] ?? 0);
    gradients.logPolicy[row] = -actor / rows;
    gradients.entropy[row] = -entropyWeight / rows;
    gradients.logChoice[row] = -chosen / rows;
    gradients.valueLosses[row] = valueWeight / rows;
  }
  return loss / rows;
}

/** One-step targets batch by batch; V-trace needs the sessions around it, and looks at all of them once. */
export function* prepareActorCritic(
  objective: ObjectiveOf<"actor-critic">,
  model: TaskModel,
  transitions: readonly Transition[],
  random: Random,
): Preparing {
  const { learning, reward } = model.task;
  const options = { ...objective, importanceClip: learning.importanceClip };
  const bound =
    (targetsOf: (drawn: readonly Transition[], places: readonly number[]) => Targets): Objective =>
    ({ transitions: drawn, places }) => {
      const { values, actions } = targetsOf(drawn, places);
      const batch = {
        targets: actions,
        rewards: drawn.map((transition) => transition.reward),
        propensities: drawn.map(({ propensity }) => propensity ?? 0),
      };
      return {
        valueTargets: values,
        loss: (outputs, gradients) => actorCritic(options, drawn.length, outputs, batch, gradients),
      };
    };
  if (!objective.trace) {
    return bound((drawn, places) => {
      const nextStates = drawn.map(({ nextState }) => nextState);
      const { values: next } = readings(model, model.target(), nextStates);
      const targets = Float32Array.from(places, (place, row) => {
        const { reward: earned = 0, done = true, beside = 0 } = transitions[place] ?? {};
        return done ? earned : earned + reward.discount * ((next[row] ?? 0) + beside);
      });
      return { values: targets, actions: targets };
    });
  }
  const trace = yield* receivedTrace(model, transitions, { lambda: 1, ...objective.trace }, random);
  return bound((_, places) => ({
    values: places.map((place) => trace.values[place] ?? 0),
    actions: places.map((place) => trace.actions[place] ?? 0),
  }));
}

interface Targets {
  readonly values: ArrayLike<number>;
  readonly actions: ArrayLike<number>;
}
