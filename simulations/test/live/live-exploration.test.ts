import { createCatalogue, createTaskModel, initialParameters, referenceEngine } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import type { LiveEnvironment } from "../../src/environments/live-environment.js";
import { LIVE_ENVIRONMENTS } from "../../src/environments/live-environments.js";
import { LIVE_ARMS } from "../../src/live/arms/arms.js";
import { networkPolicy } from "../../src/live/arms/network-policy.js";
import { liveScenario } from "../../src/live/live-scenario.js";
import { liveTask } from "../../src/live/live-task.js";
import { begin, type Life } from "../../src/live/lives.js";
import { logPeople } from "../../src/live/log-people.js";
import { play } from "../../src/live/play.js";
import type { TaskOverrides } from "../../src/task-defaults/task-overrides.js";
import { CLOCK } from "../support/clock.js";

const SEED = 5;
const KINDS = ["epsilon-greedy", "boltzmann", "ucb", "thompson"] as const;

/** Policies that try much: what is shown seldom would be told by few. */
const TRYING: readonly TaskOverrides[] = [
  { kind: "epsilon-greedy", epsilon: 0.4 },
  { kind: "boltzmann", targetEntropy: 0.8 },
  { kind: "ucb", epsilon: 0.4 },
  { kind: "thompson", epsilon: 0.4 },
];

const taskOf = (environment: LiveEnvironment, exploration: TaskOverrides) =>
  liveTask(environment, 2, { rounds: 1, seed: SEED, epsilon: 8, overrides: { exploration } });

/** Has learned nothing yet, but knows what each person was shown. */
function untrained(environment: LiveEnvironment, exploration: TaskOverrides) {
  const task = taskOf(environment, exploration);
  const catalogue = createCatalogue(environment.features, environment.items);
  const model = createTaskModel({ task, catalogue, engine: referenceEngine });
  const parameters = initialParameters(model.shape, task.model.seed);
  return { catalogue, policy: networkPolicy(model, () => parameters) };
}

describe.each(LIVE_ENVIRONMENTS)("exploration in $name", (environment) => {
  it.each(KINDS)("has the defaults of %s where a task says no more than that", (kind) => {
    const { exploration } = taskOf(environment, { kind });
    expect(exploration.kind).toBe(kind);
    if (kind === "epsilon-greedy") expect(exploration).toEqual({ kind, ...environment.task.exploration });
  });

  it.each(TRYING)("logs propensities by which $kind values uniform slates without bias", (exploration) => {
    const { catalogue, policy } = untrained(environment, exploration);
    const { lives } = logPeople({ environment, clients: 150, logged: 2, seed: SEED });
    const errors: number[] = [];
    for (let visit = 0; visit < 6; visit++) {
      for (const life of lives) {
        const now = life.person.visit();
        if (!now) continue;
        const ids = now.candidates ?? catalogue.ids;
        const worth = new Map(ids.map((id) => [id, life.person.expectedReward([id])]));
        const uniform = [...worth.values()].reduce((sum, value) => sum + value, 0) / ids.length;
        play([life], { catalogue, policy, slateLength: 1, visits: 1, seed: SEED });
        const shown = life.slates.at(-1)?.items[0];
        if (!shown) throw new Error("nothing was shown");
        errors.push((worth.get(shown.itemId) ?? 0) / ids.length / shown.propensity - uniform);
      }
    }
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / errors.length));
  });
});

describe("what a network has not seen a person be shown", () => {
  const environment = LIVE_ENVIRONMENTS.find(({ name }) => name === "e-commerce");
  if (!environment) throw new Error("no e-commerce");
  const VISITS = 8;
  /** Different items that the first so many people were shown, in the mean. */
  const different = (exploration: TaskOverrides): number => {
    const { catalogue, policy } = untrained(environment, exploration);
    const lives: Life[] = Array.from({ length: 20 }, (_, index) => begin(environment, SEED, index));
    play(lives, { catalogue, policy, slateLength: 1, visits: VISITS, seed: SEED });
    const counts = lives.map(
      ({ slates }) => new Set(slates.map(({ items }) => items[0]?.itemId)).size / slates.length,
    );
    return counts.reduce((sum, count) => sum + count, 0) / counts.length;
  };

  it.each([
    { kind: "ucb", width: 100, epsilon: 0 },
    { kind: "thompson", deviation: 100, epsilon: 0 },
  ])("is what $kind shows", (exploration) => {
    expect(different(exploration)).toBeGreaterThan(2 * different({ kind: "epsilon-greedy", epsilon: 0 }));
  });
});

describe("a live scenario", () => {
  const news = LIVE_ENVIRONMENTS.find(({ name }) => name === "news");
  if (!news) throw new Error("no news");
  const scenario = liveScenario({
    environment: news,
    clients: 24,
    logged: 2,
    users: 12,
    visits: 2,
    generations: 2,
    cohort: 12,
    rounds: 2,
    clock: CLOCK,
    engine: referenceEngine,
    engineChoice: "reference",
    workers: 1,
  });
  const metrics = async (
    kind: Exclude<(typeof LIVE_ARMS)[number], "federated">,
    exploration: TaskOverrides,
  ) => {
    const trial = await scenario.prepare({ arm: { kind }, seed: 1, overrides: { exploration } });
    const played = await trial.play({ signal: new AbortController().signal, progress: () => {} });
    return played.metrics;
  };

  it.each(LIVE_ARMS.filter((kind) => kind !== "federated"))(
    "plays %s under every kind of exploration",
    async (arm) => {
      for (const kind of KINDS) expect((await metrics(arm, { kind })).reward).toBeGreaterThan(0);
    },
  );

  it.each(["popularity", "oracle"] as const)(
    "plays %s, which is sure of everything, epsilon-greedily under ucb and thompson",
    async (arm) => {
      const greedy = await metrics(arm, { kind: "epsilon-greedy", epsilon: 0.2 });
      for (const kind of ["ucb", "thompson"])
        expect(await metrics(arm, { kind, epsilon: 0.2 })).toEqual(greedy);
    },
  );
});
