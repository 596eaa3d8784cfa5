import { createCatalogue, seededRandom } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { LIVE_ENVIRONMENTS } from "../../src/environments/live-environments.js";
import { uniformPolicy } from "../../src/live/arms/random-arm.js";
import { begin, type Life, relive } from "../../src/live/lives.js";
import { play } from "../../src/live/play.js";

const SEED = 3;
const VISITS = 4;

describe.each(LIVE_ENVIRONMENTS)("playing $name", (environment) => {
  const catalogue = createCatalogue(environment.features, environment.items);
  const { slateLength } = environment;
  const lived = (epsilon: number): Life[] => {
    const lives = Array.from({ length: 8 }, (_, index) => begin(environment, SEED, index));
    play(lives, {
      catalogue,
      policy: uniformPolicy({ kind: "epsilon-greedy", epsilon }, seededRandom(SEED)),
      slateLength,
      visits: VISITS,
      seed: SEED,
    });
    return lives;
  };

  it("shows one full slate a visit, and no more visits than asked for", () => {
    for (const { slates } of lived(1)) {
      expect(slates.length).toBeGreaterThan(0);
      expect(slates.length).toBeLessThanOrEqual(VISITS);
      for (const { items } of slates) expect(items).toHaveLength(slateLength);
    }
  });

  it("tells the propensity of uniform slates exactly", () => {
    for (const { index, slates } of lived(1)) {
      const first = begin(environment, SEED, index).person.visit();
      const candidates = first?.candidates?.length ?? catalogue.size;
      for (const [place, { propensity }] of (slates[0]?.items ?? []).entries()) {
        expect(propensity).toBeCloseTo(1 / (candidates - place), 12);
      }
    }
  });

  it("lives the same life again, from the same slates", () => {
    for (const life of lived(0.3)) {
      const again = relive(environment, SEED, life);
      expect(again.history).toEqual(life.history);
      expect(again.person.visit()).toEqual(life.person.visit());
    }
  });
});
