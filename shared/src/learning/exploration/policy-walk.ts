import type { Random } from "../../random/random.js";
import type { Rules } from "../../task/rules-spec.js";
import type { Interaction } from "../interaction.js";
import { policyScores } from "../policy-scores.js";
import { slateRules } from "../rules/slate-rules.js";
import type { State } from "../state.js";
import type { TaskModel } from "../task-model.js";
import { trajectories } from "../trajectories.js";
import { explore } from "./explore.js";
import type { ActionEmbeddings } from "./place-policy.js";
import { SlateWalk } from "./slate-walk.js";

/** Of a long history the latest: older ones hardly add to what is sure by now. */
const MOST_PAST_ACTIONS = 512;

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
  const embeddings = actions && { ...actions, past: pastActions(options) };
  const prospects = { scores: logits, ...(embeddings && { embeddings }) };
  const ruled = { catalogue, history, at: state.at, rows: candidates, scores: logits };
  const walk = new SlateWalk({
    scores: logits,
    policy: explore(task.exploration, prospects, random),
    rules: rules ? slateRules(rules, { specs: task.catalogue.features, ...ruled }) : [],
  });
  return { walk, value };
}

function pastActions({ model, parameters, history, state }: PolicyWalkOptions): ActionEmbeddings["past"] {
  const rows = trajectories(model.task, model.catalogue, history).map(({ action }) => action);
  const past = Int32Array.from(rows.slice(-MOST_PAST_ACTIONS));
  return past.length === 0 ? past : (policyScores(model, parameters, state, past).actions?.candidates ?? []);
}
