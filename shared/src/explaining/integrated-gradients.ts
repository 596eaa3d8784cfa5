import type { ExplainedState } from "./explained-state.js";
import { averageItem } from "./item-rows.js";

const FEWEST_STEPS = 16;
const MOST_STEPS = 256;
/** Of the sum of all contributions, without their signs. */
const TOLERANCE = 0.01;

interface IntegratedGradients {
  /** One an event. */
  readonly contributions: Float64Array;
  readonly steps: number;
  /** The score minus that of the baseline. */
  readonly change: number;
  /** The sum of the contributions minus `change`: 0 in exact arithmetic (completeness, Proposition 1). */
  readonly residual: number;
  readonly complete: boolean;
}

/**
 * What each event of a state adds to the score of its item, by the integral of the gradient along the straight line from
 * a baseline (Sundararajan et al. 2017, arXiv 1703.01365, §3 and §5). The line is one of embedded events; in the baseline all
 * items are the catalogue's average, at the times and of the kinds that they were:
 *
 *   contribution_i = (e_i − ē_i) · ∫₀¹ ∂score/∂e_i (ē + α (e − ē)) dα
 *
 * by the midpoint rule, with twice the steps until it is complete. Undefined for a task's own network, which has no
 * embedded events.
 */
export function integratedGradients(explained: ExplainedState): IntegratedGradients | undefined {
  const { state, network, model } = explained;
  if (!network.displaced) return undefined;
  const average = { ...state, events: state.events.map((event) => ({ ...event, item: 0 })) };
  const from = explained.score(average, averageItem(model.catalogue));
  const baseline = embeddedEvents(explained);
  const change = explained.score(state) - from;
  const path = embeddedEvents(explained).map((cell, i) => cell - (baseline[i] ?? 0));
  for (let steps = FEWEST_STEPS; ; steps *= 2) {
    const contributions = along(explained, path, steps);
    const residual = contributions.reduce((sum, value) => sum + value, 0) - change;
    const size = contributions.reduce((sum, value) => sum + Math.abs(value), 0);
    const complete = Math.abs(residual) <= TOLERANCE * size;
    if (complete || steps >= MOST_STEPS) return { contributions, steps, change, residual, complete };
  }
}

/** Of the pass before, events × E. */
function embeddedEvents({ network, compiled, model: { shape }, state }: ExplainedState): Float64Array {
  const { embedding: E } = shape;
  const embedded = new Float64Array(state.events.length * E);
  if (!network.displaced) return embedded;
  const { cells, stride } = compiled.values(network.displaced.events);
  for (let event = 0; event < state.events.length; event++) {
    embedded.set(cells.subarray(event * stride, event * stride + E), event * E);
  }
  return embedded;
}

/** The state must be written. Leaves the network as it was. */
function along(explained: ExplainedState, path: Float64Array, steps: number): Float64Array {
  const { network, compiled, vector, state } = explained;
  const E = explained.model.shape.embedding;
  const contributions = new Float64Array(state.events.length);
  const displaced = Float32Array.from(vector);
  const gradient = new Float32Array(network.parameterCount);
  for (let step = 0; step < steps; step++) {
    const part = (step + 0.5) / steps;
    for (const [cell, way] of path.entries()) displaced[cell] = (part - 1) * way;
    compiled.load(displaced);
    compiled.gradient({ states: 1, candidates: 1 }, () => {
      compiled.gradients(network.logits).cells[0] = 1;
    });
    compiled.parameterGradient(gradient);
    for (const [cell, way] of path.entries()) {
      const event = Math.floor(cell / E);
      contributions[event] = (contributions[event] ?? 0) + (way * (gradient[cell] ?? 0)) / steps;
    }
  }
  compiled.load(vector);
  return contributions;
}
