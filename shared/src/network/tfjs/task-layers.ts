import type * as Tf from "@tensorflow/tfjs";
import type { LayersSpec } from "../../task/layers-spec.js";

type Initial = LayersSpec["weights"][number]["initial"];

/**
 * The `model.layers` part of a task from a LayersModel with inputs and outputs as docs/own-model.md has them. Each weight
 * is to begin as the model's own does: a bias at its mean, a matrix as a multiple of the identity if it is one, all one
 * value if it is that, otherwise as normal noise of the same root mean square. `parseTask` says what is wrong with it.
 */
export function taskLayers(model: Tf.LayersModel): LayersSpec {
  const json: unknown = model.toJSON();
  return {
    topology: typeof json === "string" ? json : JSON.stringify(json),
    weights: model.weights.map((weight) => {
      const tensor = weight.read();
      const initial = initialLike(tensor.dataSync(), tensor.shape);
      return { name: weight.originalName, shape: tensor.shape, initial };
    }),
  };
}

function initialLike(values: ArrayLike<number>, [rows = 1, columns, ...more]: readonly number[]): Initial {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  if (columns === undefined) return { kind: "constant", value: mean };
  const [first = 0] = all;
  if (all.every((value) => value === first)) return { kind: "constant", value: first };
  const isDiagonal = all.every((value, i) => value === (i % (columns + 1) === 0 ? first : 0));
  if (isDiagonal && rows === columns && more.length === 0) return { kind: "identity", gain: first };
  const square = all.reduce((sum, value) => sum + value * value, 0) / all.length;
  return { kind: "normal", deviation: Math.sqrt(square) };
}
