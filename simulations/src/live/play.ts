import { type Catalogue, drawSlate } from "@tacit/shared";
import { RefusedError } from "../refused-error.js";
import { coinsOf, PURPOSE } from "../virtual/coins.js";
import type { LivePolicy } from "./live-policy.js";
import { type Life, show } from "./lives.js";

export interface PlayOptions {
  readonly catalogue: Catalogue;
  readonly policy: LivePolicy;
  readonly slateLength: number;
  /** Visits of one person at most. */
  readonly visits: number;
  readonly seed: number;
}

/**
 * Goes on with these lives under one policy, until their visits are over or they are gone: slates by its exploration, shown with
 * their exact propensities.
 * @throws RefusedError where rules leave nothing to show.
 */
export function play(lives: readonly Life[], options: PlayOptions): void {
  const { catalogue, policy, slateLength, seed } = options;
  const everything = Array.from({ length: catalogue.size }, (_, row) => row);
  for (const life of lives) {
    const { index, person, history } = life;
    const coins = coinsOf(seed, PURPOSE.slates, life.slates.length, index);
    for (let played = 0; played < options.visits; played++) {
      const visit = person.visit();
      if (!visit) break;
      const rows = visit.candidates?.flatMap((id) => catalogue.index(id) ?? []) ?? everything;
      const known = visit.since.length > 0 ? [...history, ...visit.since] : history;
      const walk = policy.begin({ index, history: known, visit, person }, rows, coins);
      const slate = drawSlate(walk, slateLength, coins);
      // What people do about nothing at all, no environment says.
      if (slate.length === 0) {
        throw new RefusedError(
          `rules: leave nothing to show to person ${index} at visit ${life.slates.length}: loosen rules.seen, rules.blocked or rules.freshness.maximumAgeDays`,
        );
      }
      const items = slate.map(({ place, propensity }) => ({
        itemId: catalogue.ids[rows[place] ?? -1] ?? "",
        propensity,
      }));
      show(life, { recommendationId: `${index}-${life.slates.length}`, items });
    }
  }
}
