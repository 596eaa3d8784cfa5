import type { Engine } from "./engine.js";
import { NeedsTfjsError } from "./needs-tfjs-error.js";
import type { NetworkShape } from "./network-shape.js";
import { recommenderNetwork } from "./recommender-network.js";

/** Why an engine cannot compute a recommender; undefined where it can, as every engine can without a model of the task's own. */
export function engineRefusal(engine: Engine, shape: NetworkShape): string | undefined {
  if (!shape.layers) return undefined;
  return engine.refuses ? engine.refuses(recommenderNetwork(shape)) : new NeedsTfjsError(engine.name).message;
}
