import {
  type Coverage,
  catalogueCoverage,
  type Interaction,
  novelty,
  popularityLift,
  receivedSlate,
  type TaskModel,
  takenItems,
  trajectories,
} from "@tacit/shared";
import { knownMean } from "../../evaluation/known-mean.js";

/** What no client knows by itself, counted over all that are looked at. */
export interface CountedSlates extends Coverage {
  /** Bits, by each item's share of all that was found good, which counts once a client; as the lift. */
  readonly novelty: number | undefined;
  readonly popularityLift: number | undefined;
}

/** Of the slates that these clients would get from a model, with all of their histories in the open. */
export function countedSlates(
  model: TaskModel,
  parameters: Float32Array,
  histories: readonly (readonly Interaction[])[],
): CountedSlates {
  const { task, catalogue } = model;
  const marks = new Float64Array(catalogue.size);
  for (const history of histories) {
    for (const row of takenItems(trajectories(task, catalogue, history))) marks[row] = (marks[row] ?? 0) + 1;
  }
  const all = marks.reduce((sum, count) => sum + count, 0);
  // What nobody found good counts as good to one.
  const shares = marks.map((count) => Math.max(1, count) / Math.max(1, all));
  const slates = histories.flatMap((history) => receivedSlate({ model, parameters, history }) ?? []);
  const shown = new Float64Array(catalogue.size);
  for (const { slate } of slates) for (const row of slate) shown[row] = (shown[row] ?? 0) + 1;
  return {
    ...catalogueCoverage(shown),
    novelty: knownMean(slates.map(({ slate }) => novelty(shares, slate))),
    popularityLift: knownMean(slates.map(({ slate, taken }) => popularityLift(shares, slate, taken))),
  };
}
