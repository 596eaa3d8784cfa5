import type { Random } from "../../random/random.js";
import { receivedTerms } from "../received-terms.js";
import type { TaskModel } from "../task-model.js";
import type { Transition } from "../trajectories.js";
import { type Trace, type TraceClips, vTrace } from "./v-trace.js";

interface ReceivedTrace extends Trace {
  /** V(s) of the received parameters. */
  readonly received: Float64Array;
}

/**
 * What V-trace makes of all sessions by the received parameters, a pass over some of them at each `next()`. Candidates are
 * drawn only where a propensity was logged: the policy's own probabilities say nothing without one.
 */
export function* receivedTrace(
  model: TaskModel,
  transitions: readonly Transition[],
  clips: TraceClips,
  random: Random,
): Generator<undefined, ReceivedTrace> {
  const { learning, reward } = model.task;
  const logged = transitions.some(({ propensity = 0 }) => propensity > 0);
  const each = logged ? 1 + learning.candidates : 1;
  const { values, logPolicy } = yield* receivedTerms(model, transitions, each, random);
  const trace = vTrace(transitions, values, logPolicy, { discount: reward.discount, ...clips });
  return { ...trace, received: values };
}
