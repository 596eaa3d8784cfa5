import type { Draft } from "./draft.js";
import { type LinearStep, linear } from "./layers/linear.js";
import type { Tensor } from "./tensor.js";

/** One hidden layer over one or several inputs. */
export function tower(
  draft: Draft<LinearStep>,
  name: string,
  [first, ...rest]: readonly [Tensor, ...Tensor[]],
  width: number,
): Tensor {
  const inputs = [first, ...rest].reduce((sum, { columns }) => sum + columns, 0);
  const initial = { kind: "normal", deviation: 1 / Math.sqrt(inputs) } as const;
  const term = (input: Tensor, place: number) => ({
    input,
    weights: draft.parameter(`${name} hidden ${place}`, input.columns, width, initial),
  });
  return linear(draft, {
    terms: [term(first, 0), ...rest.map((input, i) => term(input, i + 1))],
    bias: draft.parameter(`${name} hidden bias`, 1, width, { kind: "constant", value: 0 }),
    activation: "tanh",
  });
}
