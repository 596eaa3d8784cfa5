import type { Draft } from "../draft.js";
import type { Tensor } from "../tensor.js";
import type { Layer } from "./layer.js";

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

export function score(draft: Draft<ScoreStep>, inputs: ScoreInputs): Tensor {
  const output = draft.hidden("logits", "candidates", 1);
  draft.step({ kind: "score", ...inputs, output });
  return output;
}

export const scoreLayer: Layer<ScoreStep> = {
  forward({ actions, users, biases, output }, memory) {
    const a = memory.values(actions);
    const u = memory.values(users);
    const b = memory.values(biases);
    const y = memory.values(output);
    const [E, rows] = [actions.columns, memory.rows(output)];
    const each = rows / memory.rows(users);
    for (let i = 0; i < rows; i++) {
      const user = Math.floor(i / each) * E;
      let sum = b[i] ?? 0;
      for (let e = 0; e < E; e++) sum += (a[i * E + e] ?? 0) * (u[user + e] ?? 0);
      y[i] = sum;
    }
  },
  backward({ actions, users, biases, output }, memory) {
    const a = memory.values(actions);
    const u = memory.values(users);
    const da = memory.gradients(actions);
    const du = memory.gradients(users);
    const db = memory.gradients(biases);
    const dy = memory.gradients(output);
    const [E, rows] = [actions.columns, memory.rows(output)];
    const each = rows / memory.rows(users);
    for (let i = 0; i < rows; i++) {
      const d = dy[i] ?? 0;
      const user = Math.floor(i / each) * E;
      db[i] = (db[i] ?? 0) + d;
      for (let e = 0; e < E; e++) {
        da[i * E + e] = (da[i * E + e] ?? 0) + d * (u[user + e] ?? 0);
        du[user + e] = (du[user + e] ?? 0) + d * (a[i * E + e] ?? 0);
      }
    }
  },
};
