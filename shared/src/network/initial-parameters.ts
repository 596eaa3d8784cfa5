import { type Random, seededRandom } from "../random/random.js";
import { FAINT, type Parameter } from "./draft.js";
import type { Network } from "./network.js";
import type { NetworkShape } from "./network-shape.js";
import { recommenderNetwork } from "./recommender-network.js";

/** The first model version of a recommender. */
export function initialParameters(shape: NetworkShape, seed: number): Float32Array {
  return drawParameters(recommenderNetwork(shape), seed);
}

/** Parameters as their network's layers want them before training, in the order of the flat vector. */
export function drawParameters(network: Network, seed: number): Float32Array {
  const parameters = new Float32Array(network.parameterCount);
  const random = seededRandom(seed);
  for (const parameter of network.parameters) {
    const { offset, rows, columns } = parameter;
    fill(parameter, parameters.subarray(offset, offset + rows * columns), random);
  }
  return parameters;
}

function fill({ initial, columns }: Parameter, block: Float32Array, random: Random): void {
  if (initial.kind === "constant") block.fill(initial.value);
  else if (initial.kind === "normal") {
    for (let i = 0; i < block.length; i++) block[i] = initial.deviation * random.normal();
    for (const rows of initial.faint ?? []) {
      const end = (rows.first + rows.columns) * columns;
      for (let i = rows.first * columns; i < end; i++) block[i] = FAINT * (block[i] ?? 0);
    }
  } else {
    for (let i = 0; i < block.length; i += columns + 1) block[i] = initial.gain;
  }
}
