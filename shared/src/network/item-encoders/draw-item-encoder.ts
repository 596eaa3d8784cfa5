import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import type { ItemEncoder } from "./item-encoder.js";
import { twoTowerItems } from "./two-tower-items.js";

/** Draws the parameters of the embedding. */
export function drawItemEncoder(draft: NetworkDraft, shape: NetworkShape): ItemEncoder {
  return twoTowerItems(draft, shape);
}
