import type * as Tf from "@tensorflow/tfjs";
import type { OwnModelInputs } from "../layers/layers-model.js";
import type { Tensor } from "../tensor.js";

export interface OwnInput {
  readonly tensor: Tensor;
  /** As TensorFlow.js has it: null for the batch, and for however many candidates there are. */
  readonly shape: readonly (number | null)[];
}

/** What a task's own model may read, by name. */
export function ownInputs(
  { events, circumstances, mask, recency, context, candidates }: OwnModelInputs,
  historyLength: number,
): ReadonlyMap<string, OwnInput> {
  return new Map<string, OwnInput>([
    ["events", { tensor: events, shape: [null, historyLength, events.columns] }],
    ["circumstances", { tensor: circumstances, shape: [null, historyLength, circumstances.columns] }],
    ["mask", { tensor: mask, shape: [null, historyLength] }],
    ["recency", { tensor: recency, shape: [null, historyLength] }],
    ...(context ? [["context", { tensor: context, shape: [null, context.columns] }] as const] : []),
    ["candidates", { tensor: candidates, shape: [null, null, candidates.columns] }],
  ]);
}

export interface OwnModelParts {
  /** Has outputs `logits` and `values`. */
  readonly whole: Tf.LayersModel;
  /** Has `values` only, and does not read the candidates. */
  readonly values: Tf.LayersModel;
  /** In the order of the flat vector. */
  readonly variables: readonly Tf.Variable[];
}

/** A task's LayersModel on a backend. All networks of an engine share its variables, which it keeps from pass to pass. */
export class OwnModel {
  readonly variables: readonly Tf.Variable[];
  readonly #tf: typeof Tf;
  readonly #parts: OwnModelParts;
  #stamp: object | undefined;

  constructor(tf: typeof Tf, parts: OwnModelParts) {
    this.#tf = tf;
    this.#parts = parts;
    this.variables = parts.variables;
  }

  /** Takes the flat vector, unless it is what came with the same stamp the last time. */
  assign(parameters: Float64Array, stamp: object): void {
    if (this.#stamp === stamp) return;
    const tf = this.#tf;
    let offset = 0;
    for (const variable of this.variables) {
      const block = Float32Array.from(parameters.subarray(offset, offset + variable.size));
      tf.tidy(() => variable.assign(tf.tensor(block, variable.shape)));
      offset += block.length;
    }
    this.#stamp = stamp;
  }

  /** Outputs by name; only `values` where there are no candidates. */
  run(input: (name: string) => Tf.Tensor, candidates: number): ReadonlyMap<string, Tf.Tensor> {
    const model = candidates > 0 ? this.#parts.whole : this.#parts.values;
    const inputs = model.inputNames.map(input);
    // Training only says that what gradients are made of must not be disposed of: no allowed layer differs by it.
    const outputs = [model.apply(inputs, { training: true })].flat();
    return new Map(
      outputs.flatMap((output, i) =>
        output instanceof this.#tf.Tensor ? [[model.outputNames[i] ?? "", output]] : [],
      ),
    );
  }
}
