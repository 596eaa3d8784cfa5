import { createRecommender } from "@tacit/client";
import { indexedDbHistoryStore } from "@tacit/client/browser";

/** A host page as the README has it; `npm run size` weighs what its bundler makes of it. */
export const recommender = createRecommender({
  url: location.origin,
  task: "films",
  items: [],
  store: indexedDbHistoryStore(),
});
