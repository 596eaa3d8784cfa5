import type { NetworkShape } from "./network-shape.js";
import { recommenderNetwork } from "./recommender-network.js";

/** d, the length of the flat vector. */
export function parameterCount(shape: NetworkShape): number {
  return recommenderNetwork(shape).parameterCount;
}
