import type { SoftmaxLossStep } from "../../layers/softmax-loss.js";
import type { LayerCalls, Site } from "../site.js";

/** A row of probabilities is padded to a multiple of this. */
const PADDING = 8;

export function softmaxLossCalls(step: SoftmaxLossStep, site: Site): LayerCalls {
  const { logits, taken, correction } = step;
  const { calls, size } = site;
  const each = logits.rows === "candidates";
  // What is padded state by state needs room for the padding of each.
  const p = site.scratch(site.cells(logits) + PADDING * site.capacityRows("states"));
  const room = site.scratch(2);
  const [x, actions] = [site.values(logits), site.indices(taken)];
  const [logs, entropies] = [site.values(step.logProbabilities), site.values(step.entropies)];
  const stride = () => (each ? size.each : site.stride(logits));
  const columns = () => (each ? size.each : logits.columns);
  return {
    forward: [
      () =>
        calls.softmaxLossForward(
          x,
          stride(),
          actions,
          correction,
          p,
          room,
          logs,
          entropies,
          size.states,
          columns(),
        ),
    ],
    backward() {
      const dx = site.gradients(logits);
      const [dLogs, dEntropies] = [site.gradients(step.logProbabilities), site.gradients(step.entropies)];
      return [
        ...site.cleared(logits),
        () =>
          calls.softmaxLossBackward(
            dx,
            x,
            stride(),
            actions,
            p,
            logs,
            entropies,
            dLogs,
            dEntropies,
            size.states,
            columns(),
          ),
      ];
    },
  };
}
