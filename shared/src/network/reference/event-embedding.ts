import { projectFeatures, projectFeaturesBackward } from "./feature-projection.js";
import type { Pass } from "./pass.js";

/** B·L × E: item + kind + ln(1 + age), each embedded. Padding is embedded too, and counts for nothing later. */
export function embedEvents({ shape, layout, inputs, weights, scratch }: Pass): Float64Array {
  const { embedding: E, historyLength: L } = shape;
  const cells = inputs.rows * L;
  const events = scratch.zeros("events", cells * E);
  projectFeatures(weights, layout.item, inputs.history, events, cells);
  for (let i = 0; i < cells; i++) {
    const kind = layout.kind.offset + (inputs.kinds[i] ?? 0) * E;
    const age = Math.log1p(inputs.ages[i] ?? 0);
    for (let e = 0; e < E; e++) {
      const added = (weights[kind + e] ?? 0) + age * (weights[layout.age.offset + e] ?? 0);
      events[i * E + e] = (events[i * E + e] ?? 0) + added;
    }
  }
  return events;
}

export function embedEventsBackward(pass: Pass, dEvents: Float64Array, gradient: Float64Array): void {
  const { shape, layout, inputs } = pass;
  const { embedding: E, historyLength: L } = shape;
  const cells = inputs.rows * L;
  projectFeaturesBackward(layout.item, inputs.history, dEvents, gradient, cells);
  for (let i = 0; i < cells; i++) {
    const kind = layout.kind.offset + (inputs.kinds[i] ?? 0) * E;
    const age = Math.log1p(inputs.ages[i] ?? 0);
    for (let e = 0; e < E; e++) {
      const d = dEvents[i * E + e] ?? 0;
      gradient[kind + e] = (gradient[kind + e] ?? 0) + d;
      gradient[layout.age.offset + e] = (gradient[layout.age.offset + e] ?? 0) + age * d;
    }
  }
}
