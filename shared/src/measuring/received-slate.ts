import { best } from "../learning/best.js";
import type { LocalTrainingOptions } from "../learning/local-training.js";
import { personalState } from "../learning/personal/personal-state.js";
import { policyScores } from "../learning/policy-scores.js";
import { currentState } from "../learning/state.js";
import { miscalibration } from "../metrics/calibration.js";
import { categoryMix } from "../metrics/category-mix.js";
import { intraListDiversity } from "../metrics/intra-list-diversity.js";

const PLACES = 10;

interface ReceivedSlate {
  readonly diversity: number;
  /** Nats, over the first categorical feature; undefined where the history has none of it. */
  readonly miscalibration: number | undefined;
}

/** What the ten best of all that the history does not hold are like; nothing of an empty history. */
export function receivedSlate({
  model,
  parameters,
  history,
}: Omit<LocalTrainingOptions, "random">): ReceivedSlate | undefined {
  const { task, catalogue } = model;
  const taken = history.flatMap(({ itemId }) => catalogue.index(itemId) ?? []);
  const last = history.reduce((latest, { at }) => Math.max(latest, at), 0);
  if (taken.length === 0) return undefined;
  const known = new Set(taken);
  const rows = Int32Array.from({ length: catalogue.size }, (_, row) => row).filter((row) => !known.has(row));
  const state = personalState(model, parameters, history, currentState(task, catalogue, history, last));
  const { logits } = policyScores(model, parameters, state, rows);
  const slate = best(logits, Math.min(PLACES, rows.length)).map((place) => rows[place] ?? 0);
  const mix = categoryMix(catalogue, task.catalogue.features);
  return {
    diversity: intraListDiversity(catalogue, slate),
    miscalibration: miscalibration(mix(taken), mix(slate)),
  };
}
