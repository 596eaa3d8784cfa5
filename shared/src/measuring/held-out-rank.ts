import type { LocalTrainingOptions } from "../learning/local-training.js";
import { reconstruct } from "../learning/personal/reconstruct.js";
import { policyScores } from "../learning/policy-scores.js";
import { trajectories } from "../learning/trajectories.js";

const OTHERS = 99;

/**
 * How many of up to 99 others, which the history does not hold, the model ranks before the item that was last found good;
 * undefined where nothing was found good. It is held out of no earlier round's training, which the received model has only
 * as one of many updates and through their noise.
 */
export function heldOutRank(options: LocalTrainingOptions): number | undefined {
  const { model, parameters, history, random } = options;
  const { task, catalogue } = model;
  const transitions = trajectories(task, catalogue, history);
  const place = transitions.findLastIndex(({ reward }) => reward > 0);
  const last = transitions[place];
  if (!last) return undefined;
  const touched = new Set(history.flatMap(({ itemId }) => catalogue.index(itemId) ?? []));
  const others = new Set<number>();
  for (let left = Math.min(OTHERS, catalogue.size - touched.size); left > 0; ) {
    const drawn = random.integer(catalogue.size);
    if (touched.has(drawn) || others.has(drawn)) continue;
    others.add(drawn);
    left--;
  }
  const state = model.shape.personal
    ? { ...last.state, personal: reconstruct(model, parameters, transitions.slice(0, place)) }
    : last.state;
  const { logits } = policyScores(model, parameters, state, Int32Array.of(last.action, ...others));
  const own = logits[0] ?? Number.NEGATIVE_INFINITY;
  const better = logits.filter((logit) => logit > own).length;
  // Equal scores stand in no order: a model that knows nothing must not look as if it did.
  const equal = logits.filter((logit) => logit === own).length;
  return better + random.integer(equal);
}
