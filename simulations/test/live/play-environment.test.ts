import { referenceEngine } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { LIVE_ENVIRONMENTS } from "../../src/environments/live-environments.js";
import { ARMS } from "../../src/live/arms/arms.js";
import { type LiveOptions, playEnvironment } from "../../src/live/play-environment.js";

const CLOCK = {
  availability: "always",
  dropout: 0,
  spread: 0.5,
  overSelection: 1.3,
  deadlineSeconds: 600,
  roundEverySeconds: 0,
} as const;

const choices = {
  clients: 60,
  logged: 3,
  persons: 30,
  visits: 4,
  generations: 2,
  cohort: 20,
  rounds: 2,
  participations: 2,
  epsilon: 8,
  privacy: "distributed",
  clock: CLOCK,
  engine: referenceEngine,
  engineChoice: "reference",
  workers: 1,
  seed: 1,
  signal: new AbortController().signal,
  progress: () => undefined,
} as const;

const playing = (environment: LiveOptions["environment"], names: readonly string[]) =>
  playEnvironment({ ...choices, environment, arms: ARMS.filter(({ name }) => names.includes(name)) });

describe.each(LIVE_ENVIRONMENTS)("comparing arms in $name", (environment) => {
  it("earns more who knows the people than who knows nothing, twice the same", async () => {
    const arms = ["random", "oracle"];
    const [once, again] = [await playing(environment, arms), await playing(environment, arms)];
    expect(again).toEqual(once);
    const [random, oracle] = once.arms.map(({ metrics }) => metrics.reward ?? Number.NaN);
    expect(oracle).toBeGreaterThan(random ?? Number.NaN);
  });
});

describe("comparing arms", () => {
  const [environment] = LIVE_ENVIRONMENTS;
  if (!environment) throw new Error("there is no environment");

  it("refuses exploration that needs more than scores", async () => {
    const play = playEnvironment({
      ...choices,
      environment,
      arms: [],
      overrides: { exploration: { kind: "thompson" } },
    });
    await expect(play).rejects.toThrow("exploration.kind");
  });
});
