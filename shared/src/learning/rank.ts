import type { Catalogue } from "../catalogue/catalogue.js";
import type { Engine } from "../network/engine.js";
import { networkShape } from "../network/network-shape.js";
import type { TaskSpec } from "../task/task-spec.js";
import { networkInputs } from "./network-inputs.js";
import type { State } from "./trajectories.js";

export interface RankedItem {
  /** Row in the catalogue. */
  readonly index: number;
  readonly logit: number;
  /** π(a|s) over the candidates. */
  readonly probability: number;
}

export interface Ranking {
  /** Best first; equal scores in the order of the candidates. */
  readonly items: readonly RankedItem[];
  /** V(s). */
  readonly value: number;
}

export interface RankOptions {
  readonly task: TaskSpec;
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly parameters: Float32Array;
  readonly state: State;
  /** Rows in the catalogue. */
  readonly candidates: readonly number[];
}

/** Ranks candidates by the policy in one state. */
export function rank({ task, catalogue, engine, parameters, state, candidates }: RankOptions): Ranking {
  const inputs = networkInputs(catalogue, task.model.historyLength, [state], [candidates]);
  const { logits, values } = engine.forward(networkShape(task), parameters, inputs);
  const top = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = Array.from(logits, (logit) => Math.exp(logit - top));
  const total = weights.reduce((a, b) => a + b, 0);
  const items = candidates
    .map((index, place) => ({ index, logit: logits[place] ?? 0, probability: (weights[place] ?? 0) / total }))
    .sort((a, b) => b.logit - a.logit);
  return { items, value: values[0] ?? 0 };
}
