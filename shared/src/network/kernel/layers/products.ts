import type { Tensor } from "../../tensor.js";
import type { Call, Site } from "../site.js";

interface Start {
  readonly at: number;
  readonly stride: number;
}

/** output = from + input · weights; `from` at address 0 is nothing. */
export function product(site: Site, output: Tensor, from: Start, input: Tensor, weights: Tensor): Call {
  if (input.panels > 1) throw new Error(`the kernel multiplies no panels such as those of "${input.name}"`);
  const { calls } = site;
  const [y, yStride, rows] = [site.values(output), site.stride(output), site.rows(output)];
  const [x, xStride] = [site.values(input), site.stride(input)];
  const [w, wStride] = [site.values(weights), site.stride(weights)];
  const [inner, columns] = [input.columns, site.columns(output)];
  return () =>
    calls.product(y, yStride, from.at, from.stride, x, xStride, w, wStride, rows(), inner, columns);
}

/** From the gradient of an output at address `dy` to those of the weights and, if it has one, of the input. */
export function productBackward(
  site: Site,
  output: Tensor,
  dy: number,
  input: Tensor,
  weights: Tensor,
): readonly Call[] {
  const { calls } = site;
  const [yStride, rows] = [site.stride(output), site.rows(output)];
  const [x, xStride] = [site.values(input), site.stride(input)];
  const [w, dw, wStride] = [site.values(weights), site.gradients(weights), site.stride(weights)];
  const [inner, columns] = [input.columns, site.columns(output)];
  const more = Number(site.accumulates(weights));
  const weightGradient = () =>
    calls.weightGradient(dw, wStride, x, xStride, dy, yStride, rows(), inner, columns, more);
  if (!input.differentiable) return [weightGradient];
  const dx = site.gradients(input);
  const also = Number(site.accumulates(input));
  return [
    weightGradient,
    () => calls.inputGradient(dx, xStride, dy, yStride, w, wStride, rows(), inner, columns, also),
  ];
}

/** Adds the rows of an output's gradient up to that of its bias. */
export function biasBackward(site: Site, output: Tensor, dy: number, bias: Tensor): Call {
  const { calls } = site;
  const [stride, rows, columns] = [site.stride(output), site.rows(output), site.columns(output)];
  const db = site.gradients(bias);
  const more = Number(site.accumulates(bias));
  return () => calls.rowSum(db, dy, stride, rows(), columns, more);
}
