import { recencyWeights } from "../recency-weights.js";
import { type Attention, attend, attendBackward } from "./attention.js";
import { dense, denseBackward } from "./dense.js";
import { embedEvents, embedEventsBackward } from "./event-embedding.js";
import type { Pass } from "./pass.js";
import { pool, poolBackward, poolSharesBackward } from "./pooling.js";

export interface EncodedStates {
  readonly recency: Float32Array;
  readonly events: Float64Array;
  readonly attention: Attention;
  /** B × E, events weighted by their shares of attention. */
  readonly attended: Float64Array;
  /** B × E, events weighted by recency. */
  readonly mean: Float64Array;
  /** B × 2E, the mean beside the attended context. */
  readonly state: Float64Array;
}

/** A state is what its events are on average, and what they look like to each other. */
export function encodeStates(pass: Pass): EncodedStates {
  const { shape, layout, inputs, weights, scratch } = pass;
  const { embedding: E, historyLength: L } = shape;
  const B = inputs.rows;
  const recency = recencyWeights(shape, inputs);
  const events = embedEvents(pass);
  const attention = attend(pass, events, recency);
  const mean = scratch.zeros("mean", B * E);
  const attended = scratch.zeros("attended", B * E);
  const context = scratch.zeros("context", B * E);
  pool(recency, events, mean, [B, L, E]);
  pool(attention.shares, events, attended, [B, L, E]);
  dense(weights, layout.attended, attended, context, B);
  const state = scratch.zeros("state", B * 2 * E);
  for (let b = 0; b < B; b++) {
    for (let e = 0; e < E; e++) {
      state[2 * b * E + e] = mean[b * E + e] ?? 0;
      state[(2 * b + 1) * E + e] = context[b * E + e] ?? 0;
    }
  }
  return { recency, events, attention, attended, mean, state };
}

/** `dMean` comes in with what reached the mean on other ways than through the state. */
export function encodeStatesBackward(
  pass: Pass,
  { recency, events, attention, attended }: EncodedStates,
  dState: Float64Array,
  dMean: Float64Array,
  gradient: Float64Array,
): void {
  const { shape, layout, inputs, weights, scratch } = pass;
  const { embedding: E, historyLength: L } = shape;
  const B = inputs.rows;
  const dContext = scratch.zeros("dContext", B * E);
  for (let b = 0; b < B; b++) {
    for (let e = 0; e < E; e++) {
      dMean[b * E + e] = (dMean[b * E + e] ?? 0) + (dState[2 * b * E + e] ?? 0);
      dContext[b * E + e] = dState[(2 * b + 1) * E + e] ?? 0;
    }
  }
  const dAttended = scratch.zeros("dAttended", B * E);
  denseBackward(weights, layout.attended, attended, dContext, dAttended, gradient, B);
  const dShares = scratch.zeros("dShares", B * L);
  const dEvents = scratch.zeros("dEvents", B * L * E);
  poolSharesBackward(events, dAttended, dShares, [B, L, E]);
  poolBackward(attention.shares, dAttended, dEvents, [B, L, E]);
  poolBackward(recency, dMean, dEvents, [B, L, E]);
  attendBackward(pass, attention, events, recency, dShares, dEvents, gradient);
  embedEventsBackward(pass, dEvents, gradient);
}
