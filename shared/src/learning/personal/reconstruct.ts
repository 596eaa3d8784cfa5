import type { TaskModel } from "../task-model.js";
import type { Transition } from "../trajectories.js";
import { type Evidence, evidenceOf } from "./evidence.js";
import type { Personal } from "./personal.js";

/** Of a long history the latest: they are looked at again with every new model. */
const MOST_TRANSITIONS = 64;

/**
 * Finds the personal parameters of one history, with all others as they are: a few gradient steps from zero (federated
 * reconstruction, Singhal et al. 2021, arXiv 2102.03448, §3) on
 *
 *   −mean over good choices of ln softmax(logits + actions · vector)[taken] + ½ mean (V(s) + bias − outcome)²
 *
 * Convex in both, so that the network is asked once for each transition, and not at every step.
 */
export function reconstruct(
  model: TaskModel,
  parameters: Float32Array,
  transitions: readonly Transition[],
): Personal {
  const { personal } = model.task.model;
  const evidence = evidenceOf(model, parameters, transitions.slice(-MOST_TRANSITIONS));
  const vector = new Float64Array(model.shape.personal ?? 0);
  let bias = 0;
  const choices = evidence.filter(({ chosen }) => chosen);
  const length = meanSquare(choices, vector.length);
  for (let step = 0; personal && step < personal.steps; step++) {
    const rate = personal.learningRate;
    if (personal.vector) descend(choices, vector, rate / Math.max(1, length));
    if (personal.bias) bias -= rate * mean(evidence.map(({ value, outcome }) => value + bias - outcome));
  }
  return { vector: Float32Array.from(vector), bias };
}

function descend(choices: readonly Evidence[], vector: Float64Array, rate: number): void {
  const E = vector.length;
  const gradient = new Float64Array(E);
  for (const { logits, actions } of choices) {
    const own = logits.map((logit, c) => logit + product(actions, c * E, vector));
    const top = Math.max(...own);
    const weights = own.map((logit) => Math.exp(logit - top));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [c, weight] of weights.entries()) {
      const change = weight / total - (c === 0 ? 1 : 0);
      for (let e = 0; e < E; e++) gradient[e] = (gradient[e] ?? 0) + change * (actions[c * E + e] ?? 0);
    }
  }
  const scale = rate / Math.max(1, choices.length);
  for (let e = 0; e < E; e++) vector[e] = (vector[e] ?? 0) - scale * (gradient[e] ?? 0);
}

function product(actions: Float64Array, from: number, vector: Float64Array): number {
  let sum = 0;
  for (let e = 0; e < vector.length; e++) sum += (actions[from + e] ?? 0) * (vector[e] ?? 0);
  return sum;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Of the length of items' vectors. */
const meanSquare = (choices: readonly Evidence[], E: number): number =>
  mean(choices.map(({ actions }) => (E * actions.reduce((sum, a) => sum + a * a, 0)) / actions.length));
