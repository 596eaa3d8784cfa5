import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import type { ItemsInput } from "../recommender-inputs.js";
import type { ItemEncoder } from "./item-encoder.js";
import { project } from "./view-input.js";

/**
 * One projection of all features (Covington et al. 2016, Deep Neural Networks for YouTube Recommendations, §3). Random at
 * first: products of random projections approximate those of the features.
 */
export function twoTowerItems(draft: NetworkDraft, { features: F, embedding: E }: NetworkShape): ItemEncoder {
  const item = draft.parameter("item", F, E, { kind: "normal", deviation: 1 / Math.sqrt(E) });
  const only = ({ views: [view] }: ItemsInput) => {
    if (!view) throw new Error("two towers see all features in one view");
    return view;
  };
  return {
    embed: (items) => project(draft, only(items), item),
    bias: (items) =>
      project(draft, only(items), draft.parameter("item bias", F, 1, { kind: "constant", value: 0 })),
  };
}
