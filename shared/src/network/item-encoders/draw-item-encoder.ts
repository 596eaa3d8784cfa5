import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import { gatedFusionItems } from "./gated-fusion-items.js";
import { graphItems } from "./graph-items.js";
import type { ItemEncoder } from "./item-encoder.js";
import { twoTowerItems } from "./two-tower-items.js";

/** Draws the parameters of the embedding. */
export function drawItemEncoder(draft: NetworkDraft, shape: NetworkShape): ItemEncoder {
  switch (shape.itemEncoder) {
    case "gated-fusion":
      return gatedFusionItems(draft, shape);
    case "graph":
      return graphItems(draft, shape);
    default:
      return twoTowerItems(draft, shape);
  }
}
