import type { Draft, Parameter } from "../draft.js";
import type { Indices, Tensor } from "../tensor.js";
import type { Layer } from "./layer.js";

/**
 * One step of light graph convolution (He et al. 2020, arXiv 2002.02126, §3.1) with a learned strength for each
 * relation: y_i = x_i + Σ_{edges i ← j} weight · strength[relation] · x_j. No transformation and no activation.
 */
export interface GraphPropagationStep {
  readonly kind: "graph-propagation";
  /** Nodes × E */
  readonly input: Tensor;
  /** 1 × relations */
  readonly strengths: Parameter;
  /** (nodes + 1) × 1: where each node's edges begin. */
  readonly starts: Indices;
  /** Edges × 1: the node that an edge comes from. */
  readonly sources: Indices;
  /** Edges × 1 */
  readonly relations: Indices;
  /** Edges × 1, an input: the adjacency's normalised weights. */
  readonly weights: Tensor;
  readonly output: Tensor;
}

interface Graph {
  readonly nodes: number;
  readonly edges: number;
  readonly relations: number;
}

/** Adds the layer and its inputs; every relation begins at strength 0, so that the output is the input. */
export function graphPropagation(
  draft: Draft<GraphPropagationStep>,
  input: Tensor,
  graph: Graph,
): GraphPropagationStep {
  const step: GraphPropagationStep = {
    kind: "graph-propagation",
    input,
    strengths: draft.parameter("relation strengths", 1, graph.relations, { kind: "constant", value: 0 }),
    starts: draft.integers("edge starts", graph.nodes + 1, 1),
    sources: draft.integers("edge sources", graph.edges, 1),
    relations: draft.integers("edge relations", graph.edges, 1),
    weights: draft.input("edge weights", graph.edges, 1),
    output: draft.hidden("propagated", graph.nodes, input.columns),
  };
  draft.step(step);
  return step;
}

export const graphPropagationLayer: Layer<GraphPropagationStep> = {
  forward(step, memory) {
    const x = memory.values(step.input);
    const strengths = memory.values(step.strengths);
    const starts = memory.indices(step.starts);
    const sources = memory.indices(step.sources);
    const relations = memory.indices(step.relations);
    const weights = memory.values(step.weights);
    const y = memory.values(step.output);
    const E = step.output.columns;
    for (let i = 0; i < memory.rows(step.output); i++) {
      for (let e = 0; e < E; e++) y[i * E + e] = x[i * E + e] ?? 0;
      for (let edge = starts[i] ?? 0; edge < (starts[i + 1] ?? 0); edge++) {
        const weight = (weights[edge] ?? 0) * (strengths[relations[edge] ?? 0] ?? 0);
        const from = (sources[edge] ?? 0) * E;
        for (let e = 0; e < E; e++) y[i * E + e] = (y[i * E + e] ?? 0) + weight * (x[from + e] ?? 0);
      }
    }
  },
  backward(step, memory) {
    const x = memory.values(step.input);
    const strengths = memory.values(step.strengths);
    const starts = memory.indices(step.starts);
    const sources = memory.indices(step.sources);
    const relations = memory.indices(step.relations);
    const weights = memory.values(step.weights);
    const dx = memory.gradients(step.input);
    const dStrengths = memory.gradients(step.strengths);
    const dy = memory.gradients(step.output);
    const E = step.output.columns;
    for (let i = 0; i < memory.rows(step.output); i++) {
      for (let e = 0; e < E; e++) dx[i * E + e] = (dx[i * E + e] ?? 0) + (dy[i * E + e] ?? 0);
      for (let edge = starts[i] ?? 0; edge < (starts[i + 1] ?? 0); edge++) {
        const relation = relations[edge] ?? 0;
        const weight = weights[edge] ?? 0;
        const from = (sources[edge] ?? 0) * E;
        let along = 0;
        for (let e = 0; e < E; e++) {
          const d = dy[i * E + e] ?? 0;
          along += d * (x[from + e] ?? 0);
          dx[from + e] = (dx[from + e] ?? 0) + weight * (strengths[relation] ?? 0) * d;
        }
        dStrengths[relation] = (dStrengths[relation] ?? 0) + weight * along;
      }
    }
  },
};
