import { nextDecision } from "../next-decision.js";
import type { Transition } from "../trajectories.js";
import { importanceWeight } from "./importance-weight.js";

export interface TraceClips {
  /** λ: 1 in the paper on V-trace. */
  readonly lambda: number;
  /** ρ̄: decides which policy's values are learned. */
  readonly rhoClip: number;
  /** c̄: decides how fast. */
  readonly cClip: number;
}

interface TraceOptions extends TraceClips {
  /** γ */
  readonly discount: number;
}

/** One number a transition. */
export interface Trace {
  /** v: what V(s) should be. */
  readonly values: Float64Array;
  /** q: what taking the action came to; less V(s) it is the action's advantage. */
  readonly actions: Float64Array;
}

/**
 * V-trace targets along each episode (Espeholt et al. 2018, arXiv 1802.01561, §4.1, with the λ of Remark 2):
 *
 *   v = V(s) + ρ (r + γ V(s′) − V(s)) + γ λ c (v′ − V(s′))     ρ = min(ρ̄, π/propensity)   c = min(c̄, π/propensity)
 *   q = r + γ (V(s′) + λ (v′ − V(s′)))
 *
 * and nothing after the end of an episode. After a slate, V(s′) and v′ are those of all places of the next one ({@link nextDecision}).
 * Where no propensity is logged, ρ = c = 1 under clips of at least 1, and q − V(s) is generalised advantage estimation (Schulman
 * et al. 2015, arXiv 1506.02438, eq. 16).
 * `values` and `logPolicy` are V(s) and ln π(a|s) of the received parameters, one a transition.
 */
export function vTrace(
  transitions: readonly Transition[],
  values: ArrayLike<number>,
  logPolicy: ArrayLike<number>,
  { discount, lambda, rhoClip, cClip }: TraceOptions,
): Trace {
  const trace = {
    values: new Float64Array(transitions.length),
    actions: new Float64Array(transitions.length),
  };
  for (let i = transitions.length - 1; i >= 0; i--) {
    const { reward = 0, done = true, propensity = 0 } = transitions[i] ?? {};
    const value = values[i] ?? 0;
    const nextValue = done ? 0 : nextDecision(transitions, i, values);
    const correction = done ? 0 : nextDecision(transitions, i, trace.values) - nextValue;
    const rho = importanceWeight(logPolicy[i] ?? 0, propensity, rhoClip);
    const c = importanceWeight(logPolicy[i] ?? 0, propensity, cClip);
    trace.values[i] =
      value + rho * (reward + discount * nextValue - value) + discount * lambda * c * correction;
    trace.actions[i] = reward + discount * (nextValue + lambda * correction);
  }
  return trace;
}
