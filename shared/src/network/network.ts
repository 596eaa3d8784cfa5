import type { Draft, Initial, Parameter } from "./draft.js";
import type { Step } from "./layers/step.js";
import type { Indices, Rows, Tensor } from "./tensor.js";

/** A network as data: its layers in order. Engines compile it; it holds no numbers. */
export interface Network {
  /** L, events of a state. */
  readonly historyLength: number;
  readonly tensors: readonly Tensor[];
  readonly indices: readonly Indices[];
  /** In the order of the flat vector. */
  readonly parameters: readonly Parameter[];
  /** d, length of the flat vector. */
  readonly parameterCount: number;
  readonly steps: readonly Step[];
  /** What is read after a pass, and whose gradients an objective may set. */
  readonly outputs: readonly Tensor[];
}

/**
 * Draws up a network. Each layer's file has the function that adds it.
 *
 * @example
 * const draft = new NetworkDraft(1);
 * const x = draft.input("x", "states", 4);
 * const weights = draft.parameter("weights", 4, 2, { kind: "normal", deviation: 0.5 });
 * const network = draft.finish([linear(draft, { terms: [{ input: x, weights }] })]);
 */
export class NetworkDraft implements Draft<Step> {
  readonly historyLength: number;
  readonly #tensors: Tensor[] = [];
  readonly #indices: Indices[] = [];
  readonly #parameters: Parameter[] = [];
  readonly #steps: Step[] = [];
  #parameterCount = 0;

  constructor(historyLength: number) {
    this.historyLength = historyLength;
  }

  input(name: string, rows: Rows, columns: number): Tensor {
    return this.#add({ name, rows, columns, panels: 1, differentiable: false });
  }

  integers(name: string, rows: Rows, columns: number): Indices {
    const indices = { id: this.#indices.length, name, rows, columns };
    this.#indices.push(indices);
    return indices;
  }

  parameter(
    name: string,
    rows: number,
    columns: number,
    initial: Initial,
    { panels = 1, trained = true } = {},
  ): Parameter {
    const offset = this.#parameterCount;
    const tensor = this.#add({ name, rows, columns, panels, differentiable: trained });
    const parameter = { ...tensor, rows, initial, offset };
    this.#parameters.push(parameter);
    this.#parameterCount += rows * columns;
    return parameter;
  }

  hidden(name: string, rows: Rows, columns: number, { panels = 1 } = {}): Tensor {
    return this.#add({ name, rows, columns, panels, differentiable: true });
  }

  step(step: Step): void {
    this.#steps.push(step);
  }

  finish(outputs: readonly Tensor[]): Network {
    return {
      historyLength: this.historyLength,
      tensors: [...this.#tensors],
      indices: [...this.#indices],
      parameters: [...this.#parameters],
      parameterCount: this.#parameterCount,
      steps: [...this.#steps],
      outputs,
    };
  }

  #add(tensor: Omit<Tensor, "id">): Tensor {
    const added = { id: this.#tensors.length, ...tensor };
    this.#tensors.push(added);
    return added;
  }
}
