import type { LayerNormStep } from "../../layers/layer-norm.js";
import type { LayerCalls, Site } from "../site.js";

export function layerNormCalls(step: LayerNormStep, site: Site): LayerCalls {
  const { input, gain, bias, output } = step;
  const { calls } = site;
  const [columns, stride, rows] = [output.columns, site.stride(output), site.rows(output)];
  const [y, x, g, b] = [site.values(output), site.values(input), site.values(gain), site.values(bias)];
  const [normal, scales] = [site.values(step.normal), site.values(step.scales)];
  return {
    forward: [() => calls.layerNormForward(y, x, g, b, normal, scales, rows(), columns, stride)],
    backward() {
      const [dx, dg, db] = [site.gradients(input), site.gradients(gain), site.gradients(bias)];
      const dy = site.gradients(output);
      return [
        ...[input, gain, bias].flatMap((tensor) => site.cleared(tensor)),
        () => calls.layerNormBackward(dx, dg, db, dy, g, normal, scales, rows(), columns, stride),
      ];
    },
  };
}
