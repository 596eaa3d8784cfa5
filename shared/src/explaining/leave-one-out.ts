import type { ExplainedState } from "./explained-state.js";

/**
 * What each event of a state adds to the score of its item: the score as it is minus the score without that event, and with
 * nothing older in its place, exactly (Cook 1977's deletion of one case; for text Li et al. 2016, arXiv 1612.08220, §2). n + 1 passes.
 */
export function leaveOneOut(explained: ExplainedState): Float64Array {
  const { state } = explained;
  const whole = explained.score(state);
  return Float64Array.from(state.events, (left) => {
    const events = state.events.filter((event) => event !== left);
    return whole - explained.score({ ...state, events });
  });
}
