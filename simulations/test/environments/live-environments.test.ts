import {
  createCatalogue,
  type Interaction,
  parseTask,
  type Random,
  reward,
  seededRandom,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { parseInteraction } from "../../../client/src/recommending/parse-interaction.js";
import type { LiveEnvironment, Person, Shown, Visit } from "../../src/environments/live-environment.js";
import { LIVE_ENVIRONMENTS } from "../../src/environments/live-environments.js";

const VISITS = 12;

/** Uniform slates, from coins of their own. */
function randomSlate(
  { items, slateLength }: LiveEnvironment,
  { candidates }: Visit,
  random: Random,
  id: string,
) {
  const rest = [...(candidates ?? items.map((item) => item.id))];
  const shown: Shown["items"][number][] = [];
  while (shown.length < slateLength && rest.length > 0) {
    const propensity = 1 / rest.length;
    for (const itemId of rest.splice(random.integer(rest.length), 1)) shown.push({ itemId, propensity });
  }
  return { recommendationId: id, items: shown };
}

interface LivedVisit {
  readonly visit: Visit;
  readonly shown: Shown;
  readonly answer: readonly Interaction[];
}

/** Lives on until gone, at most so many visits. */
function live(environment: LiveEnvironment, person: Person, random: Random, most = VISITS): LivedVisit[] {
  const visits: LivedVisit[] = [];
  for (let n = 0; n < most; n++) {
    const visit = person.visit();
    if (!visit) break;
    const shown = randomSlate(environment, visit, random, `r${n}`);
    visits.push({ visit, shown, answer: person.respond(shown) });
  }
  return visits;
}

const someone = (environment: LiveEnvironment, seed: number) =>
  environment.person(seededRandom(seed), seededRandom(1000 + seed));

/** Coins that can be exchanged in the middle of a life. */
function exchangeable(first: Random) {
  let coins = first;
  const random: Random = {
    uniform: () => coins.uniform(),
    integer: (below) => coins.integer(below),
    normal: () => coins.normal(),
  };
  return { random, exchange: (next: Random) => (coins = next) };
}

describe.each(LIVE_ENVIRONMENTS)("the environment $name", (environment) => {
  const parsed = parseTask({
    name: environment.name,
    catalogue: { features: [...environment.features] },
    ...(environment.context && { context: { features: [...environment.context] } }),
    model: environment.task.model,
    learning: environment.task.learning,
    reward: environment.task.reward,
    exploration: environment.task.exploration,
  });
  const lives = Array.from({ length: 40 }, (_, seed) => {
    const person = someone(environment, seed);
    const visits = live(environment, person, seededRandom(seed));
    return { visits, outstanding: person.outstanding() };
  });
  const histories = lives.map(({ visits, outstanding }) => [
    ...visits.flatMap(({ visit, answer }) => [...visit.since, ...answer]),
    ...outstanding,
  ]);

  it("recommends a valid task for a catalogue without duplicates", () => {
    expect(parsed).toMatchObject({ ok: true });
    const catalogue = createCatalogue(environment.features, environment.items);
    expect(catalogue.size).toBe(environment.items.length);
    expect(catalogue.size).toBeGreaterThan(environment.slateLength);
  });

  it("lives the same life for the same coins, and another for others", () => {
    const again = live(environment, someone(environment, 3), seededRandom(3));
    expect(again).toEqual(lives[3]?.visits);
    expect(live(environment, someone(environment, 4), seededRandom(3))).not.toEqual(again);
  });

  it("names items of the catalogue only, those shown at that visit, in interactions that the SDK accepts", () => {
    const ids = new Set(environment.items.map(({ id }) => id));
    for (const history of histories) {
      const shown = new Set<string>();
      for (const { propensity, position, ...tracked } of history) {
        expect(ids).toContain(tracked.itemId);
        expect(parseInteraction(tracked, 0)).toEqual({ ok: true, interaction: tracked });
        expect(propensity).toBeGreaterThan(0);
        expect(propensity).toBeLessThanOrEqual(1);
        expect(position).toBeLessThan(environment.slateLength);
        const key = `${tracked.recommendationId} ${tracked.itemId}`;
        if (tracked.kind === "impression") shown.add(key);
        else expect(shown).toContain(key);
      }
    }
  });

  it("shows only what may be shown", () => {
    const person = someone(environment, 1);
    const items = [{ itemId: "no such item", propensity: 1 }];
    expect(() => person.respond({ recommendationId: "r", items })).toThrow("may not be shown");
  });

  it("brings a baseline, if any, that has an opinion of every item at every visit, by what is told of it", () => {
    const { baseline, items } = environment;
    const scores = lives
      .flatMap(({ visits }) => visits)
      .flatMap(({ visit }) => (baseline ? items.map(({ id }) => baseline.score(id, visit)) : []));
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(new Set(scores).size > 1).toBe(baseline !== undefined);
  });

  it("never goes back in time", () => {
    for (const history of histories) {
      expect(history.every(({ at }) => Number.isSafeInteger(at))).toBe(true);
      for (const [i, { at }] of history.entries()) expect(at).toBeGreaterThanOrEqual(history[i - 1]?.at ?? 0);
    }
    for (const { visits } of lives) {
      for (const [i, { visit }] of visits.entries()) {
        expect(visit.at).toBeGreaterThan(visits[i - 1]?.visit.at ?? 0);
      }
    }
  });

  it("bounds a history by the visits it comes from", () => {
    for (const [i, history] of histories.entries()) {
      const visits = lives[i]?.visits.length ?? 0;
      expect(history.length).toBeLessThanOrEqual(visits * environment.mostInteractions);
    }
  });

  it("shows the same visit until it is answered, and no more when somebody is gone", () => {
    const person = someone(environment, 2);
    expect(person.visit()).toBe(person.visit());
    live(environment, person, seededRandom(2), 2000);
    expect(person.visit()).toBeUndefined();
    expect(() => person.respond({ recommendationId: "late", items: [] })).toThrow("gone");
    expect(person.visit()).toBeUndefined();
  });

  it("expects of a slate what answers to it bring on average, at the first visit and later", () => {
    if (!parsed.ok) throw new Error("no valid task");
    const { task } = parsed;
    const DRAWS = 3000;
    for (const [seed, before] of [
      [5, 0],
      [6, 0],
      [7, 4],
      [8, 6],
    ] as const) {
      const once = someone(environment, seed);
      const lived = live(environment, once, seededRandom(seed), before);
      const now = once.visit();
      if (lived.length < before || !now) continue;
      const shown = randomSlate(environment, now, seededRandom(99 + seed), "now");
      const expected = once.expectedReward(shown.items.map(({ itemId }) => itemId));
      const earned = Array.from({ length: DRAWS }, (_, draw) => {
        const coins = exchangeable(seededRandom(1000 + seed));
        const person = environment.person(seededRandom(seed), coins.random);
        for (const one of lived) person.respond(one.shown);
        coins.exchange(seededRandom(draw));
        return [...person.respond(shown), ...person.outstanding()]
          .filter(({ recommendationId }) => recommendationId === "now")
          .reduce((sum, interaction) => sum + reward(task, interaction), 0);
      });
      const mean = earned.reduce((sum, one) => sum + one, 0) / DRAWS;
      const variance = earned.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (DRAWS - 1);
      expect(Math.abs(mean - expected)).toBeLessThanOrEqual(4 * Math.sqrt(variance / DRAWS) + 1e-9);
    }
  });
});
