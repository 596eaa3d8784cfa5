import type { Interaction } from "../interaction.js";
import { type PolicyScores, policyScores } from "../policy-scores.js";
import type { State } from "../state.js";
import type { TaskModel } from "../task-model.js";
import { actionRows } from "../trajectories.js";
import type { ActionEmbeddings } from "./place-policy.js";

/** Of a long history the latest: older ones hardly add to what is sure by now. */
const MOST_PAST_ACTIONS = 512;

interface PastActionsOptions {
  readonly model: TaskModel;
  readonly parameters: Float32Array;
  readonly history: readonly Interaction[];
  readonly state: State;
  /** Rows of the catalogue. */
  readonly candidates: Int32Array;
}

/**
 * The embeddings of a history's own actions by these parameters, beside those of the candidates. An item has the same in every state, so
 * that each is computed once, and those of candidates not again.
 */
export function withPastActions(
  { model, parameters, history, state, candidates }: PastActionsOptions,
  { width, candidates: embedded }: NonNullable<PolicyScores["actions"]>,
): ActionEmbeddings {
  const rows = actionRows(model.catalogue, history).slice(-MOST_PAST_ACTIONS);
  const wanted = new Set(rows);
  const found = new Map<number, Float32Array>();
  const find = (among: Int32Array, embeddings: Float32Array) => {
    for (let i = 0; i < among.length && wanted.size > 0; i++) {
      const row = among[i] ?? 0;
      if (wanted.delete(row)) found.set(row, embeddings.subarray(i * width, (i + 1) * width));
    }
  };
  find(candidates, embedded);
  const others = Int32Array.from(wanted);
  const { actions } = others.length > 0 ? policyScores(model, parameters, state, others) : {};
  if (actions) find(others, actions.candidates);
  const past = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) past.set(found.get(row) ?? [], i * width);
  return { width, candidates: embedded, past };
}
