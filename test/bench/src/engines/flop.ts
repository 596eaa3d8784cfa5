import type { Network, Tensor } from "@tacit/shared";
import { STATES } from "./networks.js";

/** Floating-point operations of all products with weights in one training step: two a multiplication and addition. */
export function flopOf({ steps, historyLength }: Network): number {
  const rowsOf = ({ rows }: Tensor) =>
    typeof rows === "number" ? rows : rows === "events" ? STATES * historyLength : STATES;
  /** Forward, the gradient of the weights, and that of the input if it has one. */
  const product = (input: Tensor, columns: number) =>
    2 * rowsOf(input) * input.columns * columns * (input.differentiable ? 3 : 2);
  let total = 0;
  for (const step of steps) {
    if (step.kind === "linear") {
      for (const { input, weights } of step.terms) total += product(input, weights.columns);
    }
    if (step.kind === "gru" || step.kind === "lstm") {
      total += product(step.events, step.inputWeights.columns);
      // No state comes before the first event.
      total += product(step.hidden, step.stateWeights.columns) * (1 - 1 / historyLength);
    }
  }
  return total;
}
