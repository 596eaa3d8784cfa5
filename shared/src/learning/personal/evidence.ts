import { seededRandom } from "../../random/random.js";
import { logitsAreAdvantages } from "../../task/objective-spec.js";
import { discountedReturns } from "../discounted-returns.js";
import { drawCandidates } from "../draw-candidates.js";
import { writeCandidates, writeStates } from "../network-inputs.js";
import { inUnitOfValue } from "../objectives/per-place.js";
import { SCORING_CAPACITY, type TaskModel } from "../task-model.js";
import type { Transition } from "../trajectories.js";
import { actionsSeen } from "./actions-seen.js";

/** One transition as the frozen network sees it, without personal parameters. */
export interface Evidence {
  /** One a candidate; the first is the action taken. */
  readonly logits: Float64Array;
  /** Candidates × the personal vector's length: what each of its numbers adds to a logit. */
  readonly actions: Float64Array;
  /** The choice was a good one. */
  readonly chosen: boolean;
  /** V(s), or Q(s, a) where that is what is learned. */
  readonly value: number;
  /** Discounted sum of the rewards up to the end of the episode, in the unit of the task's V. */
  readonly outcome: number;
}

/**
 * The same candidates for the same history: nothing of this is kept, and it must come out the same again. As many as the task
 * trains with, up to one pass of the scoring network.
 */
export function evidenceOf(
  { task, shape, catalogue, ...model }: TaskModel,
  parameters: Float32Array,
  transitions: readonly Transition[],
): Evidence[] {
  const { compiled, network } = model.scoring();
  const { actions } = network;
  if (!actions) return [];
  const target = { shape, catalogue, compiled, inputs: network.inputs };
  const random = seededRandom(task.model.seed);
  const candidates = new Int32Array(
    Math.min(1 + task.learning.candidates, catalogue.size, SCORING_CAPACITY.candidates),
  );
  const outcomes = discountedReturns(inUnitOfValue(task, transitions), task.reward.discount);
  const advantages = logitsAreAdvantages(task.learning.objective);
  compiled.load(parameters);
  return transitions.map(({ state: { personal, ...state }, action, reward }, i) => {
    drawCandidates(action, catalogue.size, random, candidates);
    writeStates(target, [state]);
    writeCandidates(target, candidates);
    compiled.forward({ states: 1, candidates: candidates.length });
    const logits = Float64Array.from(compiled.values(network.logits).cells.subarray(0, candidates.length));
    return {
      logits,
      actions: actionsSeen(network, compiled.values(actions), candidates.length, parameters),
      chosen: reward > 0,
      value: (compiled.values(network.values).cells[0] ?? 0) + (advantages ? (logits[0] ?? 0) : 0),
      outcome: outcomes[i] ?? 0,
    };
  });
}
