import { type Catalogue, type SlateRule, slateRules, type TaskSpec } from "@tacit/shared";
import type { Situation } from "../live-policy.js";

/** The rules of one slate of these rows, which have these scores. */
export type LiveRules = (
  situation: Situation,
  rows: readonly number[],
  scores: ArrayLike<number>,
) => readonly SlateRule[];

/** Those of a task, as a device applies them; none where it has none. */
export const liveRules =
  ({ rules, catalogue: { features } }: TaskSpec, catalogue: Catalogue): LiveRules =>
  ({ history, visit }, rows, scores) =>
    slateRules(rules, { specs: features, catalogue, history, at: visit.at, rows, scores });
