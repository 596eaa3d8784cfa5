import { checkOptions } from "./check-options.js";
import { EmbeddedRecommender } from "./embedded-recommender.js";
import type { Recommender } from "./recommender.js";
import type { RecommenderOptions } from "./recommender-options.js";

/**
 * Embeds a recommender in this app. Nothing is recorded or sent until the user consents.
 *
 * ```js
 * const recommender = createRecommender({ url: "https://tacit.example", task: "films", items });
 * await recommender.consent.grant();
 * await recommender.track({ kind: "click", itemId: "alien" });
 * const { items } = await recommender.recommend({ count: 5 });
 * ```
 *
 * @throws TypeError for options that can never work. From then on it never throws.
 */
export function createRecommender(options: RecommenderOptions): Recommender {
  checkOptions(options);
  return new EmbeddedRecommender(options);
}
