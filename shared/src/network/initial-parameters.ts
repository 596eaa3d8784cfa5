import { seededRandom } from "../random/random.js";
import { networkLayout, type ParameterBlock, parameterCount } from "./network-layout.js";
import type { NetworkShape } from "./network-shape.js";

/** How far the untrained policy follows content similarity. */
const SIMILARITY_GAIN = 2;

/**
 * The first model version: a random projection of the features (so that products of embeddings approximate products of
 * features) and a state that is the mean of its items, which ranks by similarity. What is added to that starts at zero.
 */
export function initialParameters(shape: NetworkShape, seed: number): Float32Array {
  const parameters = new Float32Array(parameterCount(shape));
  const layout = networkLayout(shape);
  const random = seededRandom(seed);
  const fill = ({ offset, rows, columns }: ParameterBlock, deviation: number) => {
    for (let i = 0; i < rows * columns; i++) parameters[offset + i] = deviation * random.normal();
  };
  fill(layout.item, 1 / Math.sqrt(shape.embedding));
  fill(layout.query, 1 / Math.sqrt(shape.embedding));
  fill(layout.key, 1 / Math.sqrt(shape.embedding));
  fill(layout.stateHidden, 1 / Math.sqrt(2 * shape.embedding));
  fill(layout.actionHidden, 1 / Math.sqrt(shape.embedding));
  fill(layout.valueHidden, 1 / Math.sqrt(2 * shape.embedding));
  for (let i = 0; i < shape.embedding; i++) {
    parameters[layout.stateSkip.offset + i * (shape.embedding + 1)] = SIMILARITY_GAIN;
  }
  return parameters;
}
