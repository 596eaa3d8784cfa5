import type { Draft } from "./draft.js";
import { linear } from "./layers/linear.js";
import { score } from "./layers/score.js";
import type { Step } from "./layers/step.js";
import type { Tensor } from "./tensor.js";
import { tower } from "./tower.js";

const ZERO = { kind: "constant", value: 0 } as const;

/**
 * Candidates × 1: Q(s, a) = action · tower(state) + bias, over items' vectors that it shares with the policy; all zeros at
 * first. Only objectives that learn a policy beside Q have it.
 */
export function drawCritic(
  draft: Draft<Step>,
  state: readonly [Tensor, ...Tensor[]],
  actions: Tensor,
  width: number,
): Tensor {
  const E = actions.columns;
  const users = linear(draft, {
    terms: [
      { input: tower(draft, "critic", state, width), weights: draft.parameter("critic out", width, E, ZERO) },
    ],
  });
  const biases = linear(draft, {
    terms: [{ input: actions, weights: draft.parameter("critic bias", E, 1, ZERO) }],
  });
  return score(draft, { actions, users, biases }, "critic");
}
