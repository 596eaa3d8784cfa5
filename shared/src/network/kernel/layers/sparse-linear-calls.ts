import type { SparseLinearStep } from "../../layers/sparse-linear.js";
import type { LayerCalls, Site } from "../site.js";

export function sparseLinearCalls(
  { columns, values, weights, output }: SparseLinearStep,
  site: Site,
): LayerCalls {
  const { calls } = site;
  const [stride, rows] = [site.stride(output), site.rows(output)];
  const [c, v, vStride, K] = [
    site.indices(columns),
    site.values(values),
    site.stride(values),
    values.columns,
  ];
  const product = (y: number, w: number, backward: 0 | 1) => () =>
    calls.sparseProduct(y, w, stride, c, v, vStride, rows(), K, backward);
  return {
    forward: [product(site.values(output), site.values(weights), 0)],
    backward: () => [...site.cleared(weights), product(site.gradients(output), site.gradients(weights), 1)],
  };
}
