import type { Draft } from "../draft.js";
import type { Tensor } from "../tensor.js";

/** logits[b, c] = actions[b, c] · users[b] + biases[b, c]: the two towers meet. */
export interface ScoreStep {
  readonly kind: "score";
  /** Candidates × E */
  readonly actions: Tensor;
  /** States × E */
  readonly users: Tensor;
  /** Candidates × 1 */
  readonly biases: Tensor;
  /** Candidates × 1 */
  readonly output: Tensor;
}

interface ScoreInputs {
  readonly actions: Tensor;
  readonly users: Tensor;
  readonly biases: Tensor;
}

export function score(draft: Draft<ScoreStep>, inputs: ScoreInputs, name = "logits"): Tensor {
  const output = draft.hidden(name, "candidates", 1);
  draft.step({ kind: "score", ...inputs, output });
  return output;
}
