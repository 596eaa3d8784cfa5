import type { SealingPlan, TaskSpec } from "@tacit/shared";
import { priorStateLength } from "./prior-state.js";
import { isRounded } from "./rounded-vector.js";

/** What is kept with a version for the round after it. */
export interface KeptState {
  /** What rounding took off each parameter; empty where nothing is rounded. */
  readonly rest: Float32Array;
  readonly optimiser: Float32Array;
  /** Sums of the item prior's histograms; empty where there is none. */
  readonly prior: Float32Array;
}

/** In the version's optimiser state, one behind the other. */
export function joinState({ rest, optimiser, prior }: KeptState): Float32Array {
  const state = new Float32Array(rest.length + optimiser.length + prior.length);
  state.set(rest);
  state.set(optimiser, rest.length);
  state.set(prior, rest.length + optimiser.length);
  return state;
}

/** The inverse. */
export function splitState(
  state: Float32Array,
  lengths: { readonly rest: number; readonly prior: number },
): KeptState {
  const end = state.length - lengths.prior;
  return {
    rest: state.subarray(0, lengths.rest),
    optimiser: state.subarray(lengths.rest, end),
    prior: state.subarray(end),
  };
}

/**
 * How long its parts are that are always there, from the first version on, for a network of so many parameters: the
 * optimiser's begins as nothing.
 */
export const keptLengths = (
  task: Pick<TaskSpec, "delivery">,
  { prior }: Pick<SealingPlan, "prior">,
  parameters: number,
): { readonly rest: number; readonly prior: number } => ({
  rest: isRounded(task) ? parameters : 0,
  prior: prior ? priorStateLength(prior.length) : 0,
});
