import { dense, denseBackward } from "./dense.js";
import { projectFeatures, projectFeaturesBackward } from "./feature-projection.js";
import { hiddenLayer, hiddenLayerBackward } from "./hidden-layer.js";
import type { Pass } from "./pass.js";
import type { EncodedStates } from "./state-encoder.js";

export interface PolicyTrace {
  readonly stateHidden: Float64Array;
  /** B × E */
  readonly user: Float64Array;
  /** B × H: actionOut · user, so that a candidate's tower ends in a product of H numbers and not in a matrix. */
  readonly taste: Float64Array;
  /** B·C × E */
  readonly embedded: Float64Array;
  /** B·C × H */
  readonly actionHidden: Float64Array;
  /** B·C */
  readonly logits: Float64Array;
}

/** Two towers: logit = (item + tower(item)) · user + bias(item), with user = mean · skip + tower(state). */
export function policyHead(pass: Pass, { state, mean }: EncodedStates): PolicyTrace {
  const { shape, layout, inputs, weights, scratch } = pass;
  const { embedding: E, hidden: H } = shape;
  const { rows: B, candidateCount: C } = inputs;
  const stateHidden = scratch.zeros("stateHidden", B * H);
  const user = scratch.zeros("user", B * E);
  hiddenLayer(weights, layout.stateHidden, layout.stateHiddenBias, state, stateHidden, B);
  dense(weights, layout.stateOut, stateHidden, user, B);
  dense(weights, layout.stateSkip, mean, user, B);
  const taste = scratch.zeros("taste", B * H);
  matrixTimesRows(weights, layout.actionOut.offset, user, taste, [B, H, E]);

  const embedded = scratch.zeros("embedded", B * C * E);
  const actionHidden = scratch.zeros("actionHidden", B * C * H);
  const logits = scratch.zeros("logits", B * C);
  projectFeatures(weights, layout.item, inputs.candidates, embedded, B * C);
  hiddenLayer(weights, layout.actionHidden, layout.actionHiddenBias, embedded, actionHidden, B * C);
  projectFeatures(weights, layout.itemBias, inputs.candidates, logits, B * C);
  for (let i = 0; i < B * C; i++) {
    const b = (i / C) | 0;
    let sum = logits[i] ?? 0;
    for (let e = 0; e < E; e++) sum += (embedded[i * E + e] ?? 0) * (user[b * E + e] ?? 0);
    for (let h = 0; h < H; h++) sum += (actionHidden[i * H + h] ?? 0) * (taste[b * H + h] ?? 0);
    logits[i] = sum;
  }
  return { stateHidden, user, taste, embedded, actionHidden, logits };
}

/** out[b, h] = Σ_e W[h, e] · rows[b, e] */
function matrixTimesRows(
  weights: Float64Array,
  offset: number,
  rows: Float64Array,
  out: Float64Array,
  [B, H, E]: readonly [number, number, number],
): void {
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      let sum = 0;
      for (let e = 0; e < E; e++) sum += (weights[offset + h * E + e] ?? 0) * (rows[b * E + e] ?? 0);
      out[b * H + h] = sum;
    }
  }
}

export function policyHeadBackward(
  pass: Pass,
  encoded: EncodedStates,
  trace: PolicyTrace,
  dLogits: Float64Array,
  dState: Float64Array,
  dMean: Float64Array,
  gradient: Float64Array,
): void {
  const { shape, layout, inputs, weights, scratch } = pass;
  const { embedding: E, hidden: H } = shape;
  const { rows: B, candidateCount: C } = inputs;
  const { stateHidden, user, taste, embedded, actionHidden } = trace;
  const dUser = scratch.zeros("dUser", B * E);
  const dTaste = scratch.zeros("dTaste", B * H);
  const dEmbedded = scratch.zeros("dEmbedded", B * C * E);
  const dActionHidden = scratch.zeros("dActionHidden", B * C * H);
  for (let i = 0; i < B * C; i++) {
    const d = dLogits[i] ?? 0;
    const b = (i / C) | 0;
    for (let e = 0; e < E; e++) {
      dEmbedded[i * E + e] = d * (user[b * E + e] ?? 0);
      dUser[b * E + e] = (dUser[b * E + e] ?? 0) + d * (embedded[i * E + e] ?? 0);
    }
    for (let h = 0; h < H; h++) {
      dActionHidden[i * H + h] = d * (taste[b * H + h] ?? 0);
      dTaste[b * H + h] = (dTaste[b * H + h] ?? 0) + d * (actionHidden[i * H + h] ?? 0);
    }
  }
  projectFeaturesBackward(layout.itemBias, inputs.candidates, dLogits, gradient, B * C);
  hiddenLayerBackward(
    weights,
    layout.actionHidden,
    layout.actionHiddenBias,
    embedded,
    actionHidden,
    dActionHidden,
    dEmbedded,
    gradient,
    B * C,
  );
  projectFeaturesBackward(layout.item, inputs.candidates, dEmbedded, gradient, B * C);

  // taste = actionOut · user is a dense layer read from its output side.
  dense(weights, layout.actionOut, dTaste, dUser, B);
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const d = dTaste[b * H + h] ?? 0;
      const to = layout.actionOut.offset + h * E;
      for (let e = 0; e < E; e++) gradient[to + e] = (gradient[to + e] ?? 0) + d * (user[b * E + e] ?? 0);
    }
  }
  const dStateHidden = scratch.zeros("dStateHidden", B * H);
  denseBackward(weights, layout.stateSkip, encoded.mean, dUser, dMean, gradient, B);
  denseBackward(weights, layout.stateOut, stateHidden, dUser, dStateHidden, gradient, B);
  hiddenLayerBackward(
    weights,
    layout.stateHidden,
    layout.stateHiddenBias,
    encoded.state,
    stateHidden,
    dStateHidden,
    dState,
    gradient,
    B,
  );
}
