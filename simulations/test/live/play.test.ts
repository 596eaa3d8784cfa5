import { createCatalogue, parseTask, type RulesInput, seededRandom, type TaskSpec } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import type { LiveEnvironment } from "../../src/environments/live-environment.js";
import { LIVE_ENVIRONMENTS } from "../../src/environments/live-environments.js";
import { entry } from "../../src/environments/users/entry.js";
import { type LiveRules, liveRules } from "../../src/live/arms/live-rules.js";
import { uniformPolicy } from "../../src/live/arms/random-arm.js";
import { begin, type Life, relive } from "../../src/live/lives.js";
import { play } from "../../src/live/play.js";

const SEED = 3;
const VISITS = 4;

function taskOf({ name, features, task }: LiveEnvironment, rules: RulesInput): TaskSpec {
  const { model, learning, reward } = task;
  const parsed = parseTask({ name, catalogue: { features: [...features] }, model, learning, reward, rules });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

describe.each(LIVE_ENVIRONMENTS)("playing $name", (environment) => {
  const catalogue = createCatalogue(environment.features, environment.items);
  const { slateLength } = environment;
  const lived = (epsilon: number, rulesOf?: LiveRules, visits = VISITS): Life[] => {
    const lives = Array.from({ length: 8 }, (_, index) => begin(environment, SEED, index));
    play(lives, {
      catalogue,
      policy: uniformPolicy({ kind: "epsilon-greedy", epsilon }, seededRandom(SEED), rulesOf),
      slateLength,
      visits,
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

  it("keeps what is blocked out of slates, with the propensities of what is left", () => {
    const task = taskOf(environment, { blocked: [entry(catalogue.ids, 0)] });
    for (const { index, slates } of lived(1, liveRules(task, catalogue))) {
      for (const { items } of slates) {
        expect(items.map(({ itemId }) => itemId)).not.toContain(catalogue.ids[0]);
      }
      const candidates = begin(environment, SEED, index).person.visit()?.candidates ?? catalogue.ids;
      const left = candidates.filter((id) => id !== catalogue.ids[0]).length;
      for (const [place, { propensity }] of (slates[0]?.items ?? []).entries()) {
        expect(propensity).toBeCloseTo(1 / (left - place), 12);
      }
    }
  });

  it("shows nothing a second time that rules keep to once, as far as anything is left", () => {
    const rulesOf = liveRules(taskOf(environment, { seen: { kinds: ["impression"] } }), catalogue);
    for (const { slates } of lived(1, rulesOf, 2)) {
      const ids = slates.flatMap(({ items }) => items.map(({ itemId }) => itemId));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("refuses rules that leave nothing to show", () => {
    const rulesOf = liveRules(taskOf(environment, { blocked: [...catalogue.ids] }), catalogue);
    expect(() => lived(1, rulesOf)).toThrow("rules: leave nothing to show to person 0 at visit 0");
  });

  it("lives the same life again, from the same slates", () => {
    for (const life of lived(0.3)) {
      const again = relive(environment, SEED, life);
      expect(again.history).toEqual(life.history);
      expect(again.person.visit()).toEqual(life.person.visit());
    }
  });
});
