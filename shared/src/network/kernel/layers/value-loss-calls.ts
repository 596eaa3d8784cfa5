import type { ValueLossStep } from "../../layers/value-loss.js";
import type { LayerCalls, Site } from "../site.js";

export function valueLossCalls({ values, targets, output }: ValueLossStep, site: Site): LayerCalls {
  const { calls, size } = site;
  const [y, v, t] = [site.values(output), site.values(values), site.values(targets)];
  return {
    forward: [() => calls.valueLossForward(y, v, t, size.states)],
    backward() {
      const [dv, dy] = [site.gradients(values), site.gradients(output)];
      return [...site.cleared(values), () => calls.valueLossBackward(dv, v, t, dy, size.states)];
    },
  };
}
