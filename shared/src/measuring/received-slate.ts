import { best } from "../learning/best.js";
import type { LocalTrainingOptions } from "../learning/local-training.js";
import { personalState } from "../learning/personal/personal-state.js";
import { policyScores } from "../learning/policy-scores.js";
import { currentState } from "../learning/state.js";
import { takenItems } from "../learning/taken-items.js";
import { trajectories } from "../learning/trajectories.js";

const PLACES = 10;

/** What a client would be shown, and what it has taken to ({@link takenItems}), by rows of the catalogue. */
export interface ReceivedSlate {
  readonly slate: readonly number[];
  readonly taken: readonly number[];
}

/** The received model's ten best of all that the history does not hold; nothing for an empty history, or one that holds all. */
export function receivedSlate({
  model,
  parameters,
  history,
}: Pick<LocalTrainingOptions, "model" | "parameters" | "history">): ReceivedSlate | undefined {
  const { task, catalogue } = model;
  const last = history.reduce((latest, { at }) => Math.max(latest, at), 0);
  const known = new Set(history.flatMap(({ itemId }) => catalogue.index(itemId) ?? []));
  if (known.size === 0 || known.size === catalogue.size) return undefined;
  const rows = Int32Array.from({ length: catalogue.size }, (_, row) => row).filter((row) => !known.has(row));
  const state = personalState(model, parameters, history, currentState(task, catalogue, history, last));
  const { logits } = policyScores(model, parameters, state, rows);
  return {
    slate: best(logits, Math.min(PLACES, rows.length)).map((place) => rows[place] ?? 0),
    taken: takenItems(trajectories(task, catalogue, history)),
  };
}
