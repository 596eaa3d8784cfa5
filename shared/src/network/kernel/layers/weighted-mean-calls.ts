import type { WeightedMeanStep } from "../../layers/weighted-mean.js";
import type { LayerCalls, Site } from "../site.js";

export function weightedMeanCalls({ weights, events, output }: WeightedMeanStep, site: Site): LayerCalls {
  const { calls, size } = site;
  const L = site.network.historyLength;
  const [y, x, w] = [site.values(output), site.values(events), site.values(weights)];
  const stride = site.stride(output);
  return {
    forward: [() => calls.weightedMeanForward(y, x, w, size.states, L, stride)],
    backward() {
      const [dx, dy] = [site.gradients(events), site.gradients(output)];
      return [...site.cleared(events), () => calls.weightedMeanBackward(dx, dy, w, size.states, L, stride)];
    },
  };
}
