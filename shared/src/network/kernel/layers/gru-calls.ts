import type { GruStep } from "../../layers/gru.js";
import type { LayerCalls, Site } from "../site.js";
import { biasBackward, product, productBackward } from "./products.js";

export function gruCalls(step: GruStep, site: Site): LayerCalls {
  const { events, inputWeights, inputBias, stateWeights, stateBias, gates, output } = step;
  const { calls, size } = site;
  const L = site.network.historyLength;
  const [H, stride] = [output.columns, site.stride(output)];
  const projection = site.scratch(site.capacityRows("states") * site.stride(gates));
  const dStates = site.scratch(site.cells(output));
  const [y, g, h] = [site.values(output), site.values(gates), site.values(step.hidden)];
  const [r, mask] = [site.values(step.recurrent), site.values(step.mask)];
  const [U, c] = [site.values(stateWeights), site.values(stateBias)];
  return {
    forward: [
      product(site, gates, { at: site.values(inputBias), stride: 0 }, events, inputWeights),
      () => calls.gruForward(y, g, r, h, projection, U, c, mask, size.states, L, H, stride),
    ],
    backward() {
      const dy = site.gradients(output);
      const [dU, dc] = [site.gradients(stateWeights), site.gradients(stateBias)];
      const cleared = [...site.cleared(stateWeights), ...site.cleared(stateBias)];
      return [
        ...cleared,
        // The gates' gradients take the place of the gates.
        () =>
          calls.gruBackward(g, dU, dc, dy, g, r, h, projection, dStates, U, mask, size.states, L, H, stride),
        biasBackward(site, gates, g, inputBias),
        ...productBackward(site, gates, g, events, inputWeights),
      ];
    },
  };
}
