import type { Random } from "../random/random.js";
import { drawCandidates } from "./draw-candidates.js";
import { readings } from "./readings.js";
import { sampledLogPolicy } from "./sampled-log-policy.js";
import type { TaskModel } from "./task-model.js";
import type { Transition } from "./trajectories.js";

/** One number a transition, by the received parameters. */
interface ReceivedTerms {
  /** V(s) */
  readonly values: Float64Array;
  /** ln π(a|s) */
  readonly logPolicy: Float64Array;
  /** Q(s, a); zeros without a critic. */
  readonly critic: Float64Array;
}

/** What the received parameters make of every transition, a batch at each `next()`; `each` candidates with the action's. */
export function* receivedTerms(
  model: TaskModel,
  transitions: readonly Transition[],
  each: number,
  random: Random,
): Generator<undefined, ReceivedTerms> {
  const count = transitions.length;
  const terms = {
    values: new Float64Array(count),
    logPolicy: new Float64Array(count),
    critic: new Float64Array(count),
  };
  const { batchSize } = model.task.learning;
  for (let first = 0; first < count; first += batchSize) {
    const part = transitions.slice(first, first + batchSize);
    const candidates = new Int32Array(part.length * each);
    for (const [row, { action }] of part.entries()) {
      drawCandidates(action, model.catalogue.size, random, candidates.subarray(row * each, (row + 1) * each));
    }
    const states = part.map(({ state }) => state);
    const { logits, values, critic } = readings(model, model.target(), states, candidates);
    for (let row = 0; row < part.length; row++) {
      terms.values[first + row] = values[row] ?? 0;
      terms.logPolicy[first + row] = sampledLogPolicy(logits, row, each, model.itemsPerNegative);
      terms.critic[first + row] = critic[row * each] ?? 0;
    }
    yield;
  }
  return terms;
}
