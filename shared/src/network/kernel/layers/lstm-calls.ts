import type { LstmStep } from "../../layers/lstm.js";
import type { LayerCalls, Site } from "../site.js";
import { biasBackward, product, productBackward } from "./products.js";

export function lstmCalls(step: LstmStep, site: Site): LayerCalls {
  const { events, inputWeights, bias, stateWeights, gates, output } = step;
  const { calls, size } = site;
  const L = site.network.historyLength;
  const [H, stride] = [output.columns, site.stride(output)];
  const projection = site.scratch(site.capacityRows("states") * site.stride(gates));
  const [dStates, dCells] = [site.scratch(site.cells(output)), site.scratch(site.cells(output))];
  const squashed = site.scratch(site.cells(step.cells));
  const [y, g, h] = [site.values(output), site.values(gates), site.values(step.hidden)];
  const [c, mask, U] = [site.values(step.cells), site.values(step.mask), site.values(stateWeights)];
  return {
    forward: [
      product(site, gates, { at: site.values(bias), stride: 0 }, events, inputWeights),
      () => calls.lstmForward(y, g, c, squashed, h, projection, U, mask, size.states, L, H, stride),
    ],
    backward() {
      const [dy, dU] = [site.gradients(output), site.gradients(stateWeights)];
      return [
        ...site.cleared(stateWeights),
        // The gates' gradients take the place of the gates.
        () =>
          calls.lstmBackward(
            g,
            dU,
            dy,
            g,
            c,
            squashed,
            h,
            dStates,
            dCells,
            U,
            mask,
            size.states,
            L,
            H,
            stride,
          ),
        biasBackward(site, gates, g, bias),
        ...productBackward(site, gates, g, events, inputWeights),
      ];
    },
  };
}
