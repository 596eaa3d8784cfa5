import type { NetworkDraft } from "../network.js";
import type { NetworkShape } from "../network-shape.js";
import type { ItemsInput } from "../recommender-inputs.js";
import type { ItemEncoder } from "./item-encoder.js";
import { itemWeights } from "./item-weights.js";
import { project } from "./view-input.js";

/**
 * One projection of all features (Covington et al. 2016, Deep Neural Networks for YouTube Recommendations, §3).
 */
export function twoTowerItems(draft: NetworkDraft, shape: NetworkShape): ItemEncoder {
  const item = itemWeights(draft, shape);
  const only = ({ views: [view] }: ItemsInput) => {
    if (!view) throw new Error("two towers see all features in one view");
    return view;
  };
  return {
    embed: (items) => project(draft, only(items), item),
    bias: (items) =>
      project(
        draft,
        only(items),
        draft.parameter("item bias", shape.features, 1, { kind: "constant", value: 0 }),
      ),
  };
}
