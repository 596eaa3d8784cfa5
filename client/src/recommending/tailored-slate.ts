import {
  drawSlate,
  type ExploredItem,
  type PolicyWalkOptions,
  personalState,
  policyWalk,
} from "@tacit/shared";

/** Slates of tasks that ask for more than the default, whose code pages of other tasks never load. */
export function tailoredSlate(
  options: PolicyWalkOptions,
  count: number,
): { readonly slate: readonly ExploredItem[]; readonly value: number } {
  const { model, parameters, history, random } = options;
  const state = personalState(model, parameters, history, options.state);
  const { walk, value } = policyWalk({ ...options, state });
  return { slate: drawSlate(walk, count, random), value };
}
