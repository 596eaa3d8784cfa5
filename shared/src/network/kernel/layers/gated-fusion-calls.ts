import type { GatedFusionStep } from "../../layers/gated-fusion.js";
import type { LayerCalls, Site } from "../site.js";

const CELL_BYTES = 4;

export function gatedFusionCalls(step: GatedFusionStep, site: Site): LayerCalls {
  const { present, scores, values, gates, output } = step;
  const { calls } = site;
  const [M, gateStride] = [values.length, site.stride(gates)];
  const [y, stride, rows] = [site.values(output), site.stride(output), site.rows(output)];
  const [g, s, p] = [site.values(gates), site.values(scores), site.values(present)];
  const placed = values.map((tensor, m) => ({ tensor, x: site.values(tensor), column: CELL_BYTES * m }));
  return {
    forward: [
      () => calls.gatesForward(g, s, p, rows(), M, gateStride),
      () => calls.zero(y, rows() * stride),
      ...placed.map(
        ({ x, column }) =>
          () =>
            calls.fusionForward(y, x, g + column, gateStride, rows(), stride),
      ),
    ],
    backward() {
      const [dy, dg, ds] = [site.gradients(output), site.gradients(gates), site.gradients(scores)];
      return [
        ...placed.flatMap(({ tensor, x, column }) => {
          const dx = tensor.differentiable ? site.gradients(tensor) : 0;
          return [
            ...(tensor.differentiable ? site.cleared(tensor) : []),
            () => calls.fusionBackward(dx, dg + column, dy, x, g + column, gateStride, rows(), stride),
          ];
        }),
        ...site.cleared(scores),
        () => calls.gatesBackward(ds, dg, g, rows(), M, gateStride),
      ];
    },
  };
}
