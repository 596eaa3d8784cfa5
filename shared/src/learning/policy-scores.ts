import { logitsAreAdvantages } from "../task/objective-spec.js";
import { writeCandidates, writeStates } from "./network-inputs.js";
import type { State } from "./state.js";
import { SCORING_CAPACITY, type TaskModel } from "./task-model.js";

export interface PolicyScores {
  /**
   * What ranks, one a candidate, in their order: unnormalised ln π(a|s), or what each is worth beyond V(s) by an objective
   * that learns Q alone. A Q learned beside a policy ranks nothing: it has taught the policy.
   */
  readonly logits: Float32Array;
  /** V(s): of the policy, or of the best candidate. */
  readonly value: number;
  /** Candidates × E, what the last layer multiplies with the user's vector; where the task's exploration looks at it. */
  readonly actions?: { readonly width: number; readonly candidates: Float32Array };
}

/** Scores candidates (rows in the catalogue) by the policy in one state. */
export function policyScores(
  { shape, catalogue, task, ...model }: TaskModel,
  parameters: Float32Array,
  state: State,
  candidates: Int32Array,
): PolicyScores {
  const { compiled, network } = model.scoring();
  const target = { shape, catalogue, compiled, inputs: network.inputs };
  compiled.load(parameters);
  writeStates(target, [state]);
  const logits = new Float32Array(candidates.length);
  const E = shape.embedding;
  const embedded = shape.embeds ? new Float32Array(candidates.length * E) : undefined;
  for (let first = 0; first === 0 || first < candidates.length; first += SCORING_CAPACITY.candidates) {
    const part = candidates.subarray(first, first + SCORING_CAPACITY.candidates);
    writeCandidates(target, part);
    compiled.forward({ states: 1, candidates: part.length });
    const { cells } = compiled.values(network.logits);
    logits.set(cells.subarray(0, part.length), first);
    if (!embedded || !network.actions) continue;
    const actions = compiled.values(network.actions);
    for (let i = 0; i < part.length; i++) {
      const from = i * actions.stride;
      embedded.set(actions.cells.subarray(from, from + E), (first + i) * E);
    }
  }
  const scores = { logits, ...(embedded && { actions: { width: E, candidates: embedded } }) };
  const value = compiled.values(network.values).cells[0] ?? 0;
  if (!logitsAreAdvantages(task.learning.objective) || logits.length === 0) return { ...scores, value };
  return { ...scores, value: value + logits.reduce((most, logit) => Math.max(most, logit)) };
}
