import type { Step } from "../layers/step.js";
import type { Network } from "../network.js";
import type { Tensor } from "../tensor.js";
import { roundUp } from "./arena.js";

/** Columns of a panel are padded to a multiple of this. */
const PADDING = 8;

/**
 * How far apart the rows of each tensor are, by its id. Panels are padded one by one. A tensor of one column is dense (1),
 * unless a layer takes its rows for vectors.
 */
export function strides(network: Network): readonly number[] {
  const wide = wideTensors(network);
  return network.tensors.map(({ id, columns, panels }) =>
    columns === 1 && !wide.has(id) ? 1 : panels * roundUp(columns / panels, PADDING),
  );
}

function wideTensors({ steps }: Network): ReadonlySet<number> {
  const wide = new Set(steps.flatMap(rowsAsVectors).map(({ id }) => id));
  const groups = steps.flatMap(ofOneShape);
  // Until nothing changes: a product's output, weights and residual are wide together.
  for (let before = -1; before !== wide.size; ) {
    before = wide.size;
    for (const group of groups) {
      if (group.some(({ id }) => wide.has(id))) for (const { id } of group) wide.add(id);
    }
  }
  for (const { id, name } of steps.flatMap(columnsAsVectors)) {
    if (wide.has(id)) throw new Error(`the kernel cannot take "${name}" for a column and for rows at once`);
  }
  return wide;
}

function ofOneShape(step: Step): Tensor[][] {
  if (step.kind === "sparse-linear") return [[step.output, step.weights]];
  if (step.kind !== "linear") return [];
  const { output, terms, bias, residual } = step;
  const weights = terms.map((term) => term.weights);
  return [[output, ...weights, ...(bias ? [bias] : []), ...(residual ? [residual] : [])]];
}

function rowsAsVectors(step: Step): readonly Tensor[] {
  switch (step.kind) {
    case "attention":
      return [step.queries, step.keys, step.seen, step.looks, step.output];
    case "gated-fusion":
      return [step.present, step.scores, step.gates, ...step.values, step.output];
    case "gru":
      return [step.stateBias, step.recurrent, step.hidden, step.output];
    case "last-event":
      return [step.events, step.output];
    case "layer-norm":
      return [step.input, step.gain, step.bias, step.normal, step.output];
    case "lstm":
      return [step.cells, step.hidden, step.output];
    case "score":
      return [step.actions, step.users];
    case "weighted-mean":
      return [step.events, step.output];
    case "layers-model":
    case "linear":
    case "softmax-loss":
    case "sparse-linear":
    case "table-minimum":
    case "value-loss":
      return [];
  }
}

function columnsAsVectors(step: Step): readonly Tensor[] {
  switch (step.kind) {
    case "attention":
    case "gru":
    case "last-event":
    case "lstm":
      return [step.mask];
    case "weighted-mean":
      return [step.weights];
    case "layer-norm":
      return [step.scales];
    case "score":
      return [step.biases, step.output];
    case "softmax-loss":
      return [
        ...(step.logits.rows === "candidates" ? [step.logits] : []),
        step.logProbabilities,
        step.entropies,
      ];
    case "table-minimum":
      return [step.table, step.output];
    case "value-loss":
      return [step.values, step.targets, step.output];
    case "gated-fusion":
    case "layers-model":
    case "linear":
    case "sparse-linear":
      return [];
  }
}
