import type { ScoreStep } from "../../layers/score.js";
import type { LayerCalls, Site } from "../site.js";

export function scoreCalls({ actions, users, biases, output }: ScoreStep, site: Site): LayerCalls {
  const { calls, size } = site;
  const stride = site.stride(actions);
  const [y, a, u, b] = [site.values(output), site.values(actions), site.values(users), site.values(biases)];
  return {
    forward: [() => calls.scoreForward(y, u, a, b, size.states, size.each, stride)],
    backward() {
      const [da, du, db] = [site.gradients(actions), site.gradients(users), site.gradients(biases)];
      const dy = site.gradients(output);
      return [
        ...[actions, users, biases].flatMap((tensor) => site.cleared(tensor)),
        () => calls.scoreBackward(du, da, dy, u, a, size.states, size.each, stride),
        () => calls.addAll(db, dy, size.candidates),
      ];
    },
  };
}
