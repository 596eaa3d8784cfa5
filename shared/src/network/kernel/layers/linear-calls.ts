import type { LinearStep } from "../../layers/linear.js";
import type { Call, LayerCalls, Site } from "../site.js";
import { biasBackward, product, productBackward } from "./products.js";

export function linearCalls(step: LinearStep, site: Site): LayerCalls {
  const { terms, bias, residual, output } = step;
  const { calls } = site;
  const [y, stride, rows] = [site.values(output), site.stride(output), site.rows(output)];
  const skip = residual && site.values(residual);
  const given = bias ? { at: site.values(bias), stride: 0 } : { at: skip ?? 0, stride };
  const forward: Call[] = terms.map(({ input, weights }, i) =>
    product(site, output, i === 0 ? given : { at: y, stride }, input, weights),
  );
  if (bias && skip !== undefined) forward.push(() => calls.addAll(y, skip, rows() * stride));
  if (step.activation === "tanh") forward.push(() => calls.tanhForward(y, rows() * stride));
  if (step.activation === "relu") forward.push(() => calls.reluForward(y, rows() * stride));
  return {
    forward,
    backward() {
      const dy = site.gradients(output);
      const back: Call[] = [];
      if (step.activation === "tanh") back.push(() => calls.tanhBackward(dy, y, rows() * stride));
      if (step.activation === "relu") back.push(() => calls.reluBackward(dy, y, rows() * stride));
      if (bias) back.push(biasBackward(site, output, dy, bias));
      if (residual?.differentiable) {
        const dSkip = site.gradients(residual);
        if (site.accumulates(residual)) back.push(() => calls.addAll(dSkip, dy, rows() * stride));
        else back.push(() => calls.copy(dSkip, dy, rows() * stride));
      }
      for (const { input, weights } of terms) {
        back.push(...productBackward(site, output, dy, input, weights));
      }
      return back;
    },
  };
}
