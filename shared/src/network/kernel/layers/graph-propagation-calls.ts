import type { GraphPropagationStep } from "../../layers/graph-propagation.js";
import type { LayerCalls, Site } from "../site.js";

export function graphPropagationCalls(step: GraphPropagationStep, site: Site): LayerCalls {
  const { input, strengths, output } = step;
  const { calls } = site;
  const [y, stride, rows] = [site.values(output), site.stride(output), site.rows(output)];
  const [x, w, s] = [site.values(input), site.values(step.weights), site.values(strengths)];
  const starts = site.indices(step.starts);
  const [sources, relations] = [site.indices(step.sources), site.indices(step.relations)];
  return {
    forward: [() => calls.propagateForward(y, x, starts, sources, w, relations, s, rows(), stride)],
    backward() {
      const [dx, ds, dy] = [site.gradients(input), site.gradients(strengths), site.gradients(output)];
      return [
        ...site.cleared(input),
        ...site.cleared(strengths),
        () => calls.propagateBackward(dx, ds, dy, x, starts, sources, w, relations, s, rows(), stride),
      ];
    },
  };
}
