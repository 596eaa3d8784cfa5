import { dense, denseBackward } from "./dense.js";
import type { Pass } from "./pass.js";

export interface Attention {
  readonly queries: Float64Array;
  readonly keys: Float64Array;
  /** B × L × L: how much event i looks at event j. */
  readonly looks: Float64Array;
  /** B × L: how much of event j the state reads, Σ_i recency_i · looks_ij. */
  readonly shares: Float64Array;
}

/**
 * One head of self-attention (Vaswani et al. 2017, arXiv 1706.03762) over the events that are there, read out by
 * recency. Reading out is linear, so only each event's share is needed, not what every event sees.
 */
export function attend(pass: Pass, events: Float64Array, recency: Float32Array): Attention {
  const { shape, layout, inputs, weights, scratch } = pass;
  const { embedding: E, historyLength: L } = shape;
  const cells = inputs.rows * L;
  const queries = scratch.zeros("queries", cells * E);
  const keys = scratch.zeros("keys", cells * E);
  const looks = scratch.zeros("looks", cells * L);
  const shares = scratch.zeros("shares", cells);
  dense(weights, layout.query, events, queries, cells);
  dense(weights, layout.key, events, keys, cells);
  for (let i = 0; i < cells; i++) {
    if (!inputs.mask[i]) continue;
    const first = i - (i % L);
    softmaxOfProducts(queries, i, keys, first, inputs.mask, looks, L, E);
    const weight = recency[i] ?? 0;
    for (let j = 0; j < L; j++)
      shares[first + j] = (shares[first + j] ?? 0) + weight * (looks[i * L + j] ?? 0);
  }
  return { queries, keys, looks, shares };
}

/** looks[i] = softmax over the events j of query_i · key_j / √E. */
function softmaxOfProducts(
  queries: Float64Array,
  i: number,
  keys: Float64Array,
  first: number,
  mask: Float32Array,
  looks: Float64Array,
  L: number,
  E: number,
): void {
  const scale = 1 / Math.sqrt(E);
  let top = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < L; j++) {
    if (!mask[first + j]) continue;
    let product = 0;
    for (let e = 0; e < E; e++) product += (queries[i * E + e] ?? 0) * (keys[(first + j) * E + e] ?? 0);
    looks[i * L + j] = product * scale;
    top = Math.max(top, product * scale);
  }
  let sum = 0;
  for (let j = 0; j < L; j++) {
    if (!mask[first + j]) continue;
    const weight = Math.exp((looks[i * L + j] ?? 0) - top);
    looks[i * L + j] = weight;
    sum += weight;
  }
  for (let j = 0; j < L; j++) looks[i * L + j] = (looks[i * L + j] ?? 0) / sum;
}

/** From the gradient of the shares to those of the events, the queries' and the keys' weights. */
export function attendBackward(
  pass: Pass,
  { queries, keys, looks }: Attention,
  events: Float64Array,
  recency: Float32Array,
  dShares: Float64Array,
  dEvents: Float64Array,
  gradient: Float64Array,
): void {
  const { shape, layout, inputs, weights, scratch } = pass;
  const { embedding: E, historyLength: L } = shape;
  const cells = inputs.rows * L;
  const dQueries = scratch.zeros("dQueries", cells * E);
  const dKeys = scratch.zeros("dKeys", cells * E);
  const scale = 1 / Math.sqrt(E);
  for (let i = 0; i < cells; i++) {
    const weight = recency[i] ?? 0;
    if (weight === 0) continue;
    const first = i - (i % L);
    let mean = 0;
    for (let j = 0; j < L; j++) mean += (looks[i * L + j] ?? 0) * (dShares[first + j] ?? 0);
    for (let j = 0; j < L; j++) {
      const d = scale * weight * (looks[i * L + j] ?? 0) * ((dShares[first + j] ?? 0) - mean);
      if (d === 0) continue;
      const query = i * E;
      const key = (first + j) * E;
      for (let e = 0; e < E; e++) {
        dQueries[query + e] = (dQueries[query + e] ?? 0) + d * (keys[key + e] ?? 0);
        dKeys[key + e] = (dKeys[key + e] ?? 0) + d * (queries[query + e] ?? 0);
      }
    }
  }
  denseBackward(weights, layout.query, events, dQueries, dEvents, gradient, cells);
  denseBackward(weights, layout.key, events, dKeys, dEvents, gradient, cells);
}
