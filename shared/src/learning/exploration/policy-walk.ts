import type { Random } from "../../random/random.js";
import type { Rules } from "../../task/rules-spec.js";
import type { Interaction } from "../interaction.js";
import { policyScores } from "../policy-scores.js";
import { slateRules } from "../rules/slate-rules.js";
import type { State } from "../state.js";
import type { TaskModel } from "../task-model.js";
import { explore } from "./explore.js";
import { withPastActions } from "./past-actions.js";
import { SlateWalk } from "./slate-walk.js";

export interface PolicyWalkOptions {
  readonly model: TaskModel;
  readonly parameters: Float32Array;
  /** What is known before the slate. */
  readonly history: readonly Interaction[];
  readonly state: State;
  /** Rows of the catalogue, at least one. */
  readonly candidates: Int32Array;
  readonly random: Random;
  /** Instead of the task's. */
  readonly rules?: Rules | undefined;
}

/** The slate of a model under its task's exploration and rules, to be drawn or to be looked up; and V(s). */
export function policyWalk(options: PolicyWalkOptions): { readonly walk: SlateWalk; readonly value: number } {
  const { model, parameters, history, state, candidates, random } = options;
  const { catalogue, task } = model;
  const { rules = task.rules } = options;
  const { logits, value, actions } = policyScores(model, parameters, state, candidates);
  const embeddings = actions && withPastActions(options, actions);
  const prospects = { scores: logits, ...(embeddings && { embeddings }) };
  const ruled = { catalogue, history, at: state.at, rows: candidates, scores: logits };
  const walk = new SlateWalk({
    scores: logits,
    policy: explore(task.exploration, prospects, random),
    rules: slateRules(rules, { specs: task.catalogue.features, ...ruled }),
  });
  return { walk, value };
}
