import { createCatalogue } from "@tacit/shared";
import { afterEach, describe, expect, it, vi } from "vitest";
import { experimentResult } from "../../src/experiment/experiment-result.js";
import type { FinishedTrial } from "../../src/experiment/run-experiment.js";
import { federation, MOVIES, task } from "./support/results.js";

const seed = 1;
const CLOCK = {
  availability: "always",
  dropout: 0,
  spread: 0,
  overSelection: 1,
  deadlineSeconds: 60,
  roundEverySeconds: 0,
} as const;

/** A federation whose clients stand for so many people, in cohorts of a size that a sweep varies. */
const finished = (epsilon: number | null, size: number, standsFor?: number): FinishedTrial => ({
  ...federation(epsilon, seed, { variation: `cohort.size=${size}` }),
  prepared: {
    spec: {
      population: MOVIES,
      task: { ...task, cohort: { ...task.cohort, size } },
      private: epsilon !== null,
      path: "fast",
      ...(standsFor !== undefined && { standsFor }),
      clock: CLOCK,
      seed,
      engine: "",
      program: "",
    },
    catalogue: createCatalogue(task.catalogue.features, []),
    sampleHistory: () => [],
    play: () => Promise.reject(new Error("it was played already")),
  },
});

const resultOf = (trials: readonly FinishedTrial[]) =>
  experimentResult(
    {
      scenario: { arms: [], users: 10, prepare: () => Promise.reject(new Error("all are prepared")) },
      variations: [],
      arms: [],
      seeds: [seed],
    },
    trials,
  );

describe("the result of an experiment", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("says how it came about in words that a shell reads as they were meant", () => {
    const words = [
      "sweep",
      "news",
      "--vary",
      'exploration={"kind":"ucb"},{"kind":"thompson"}',
      "--seeds",
      "3",
    ];
    vi.stubGlobal("process", { ...process, argv: ["node", "tacit-sim", ...words] });
    expect(resultOf([finished(8, 40)]).command).toBe(
      `tacit-sim sweep news --vary 'exploration={"kind":"ucb"},{"kind":"thompson"}' --seeds 3`,
    );
  });

  it("says once for how many people each client stands, whatever is not noised", () => {
    const { standsFor, standIns } = resultOf([
      finished(null, 100),
      finished(8, 100, 50),
      finished(2, 100, 50),
    ]);
    expect({ standsFor, standIns }).toEqual({ standsFor: 50, standIns: undefined });
  });

  it("says so of each private arm where they differ", () => {
    const result = resultOf([
      finished(null, 100),
      finished(8, 100, 50),
      finished(8, 1000, 5),
      finished(8, 5000),
    ]);
    expect(result).not.toHaveProperty("standsFor");
    const arm = "federated, epsilon 8";
    expect(result.standIns).toEqual([
      { variation: "cohort.size=100", arm, standsFor: 50, cohort: 100 },
      { variation: "cohort.size=1000", arm, standsFor: 5, cohort: 1000 },
      { variation: "cohort.size=5000", arm, standsFor: 1, cohort: 5000 },
    ]);
  });

  it("says nothing of it where clients stand for themselves", () => {
    const result = resultOf([finished(null, 100), finished(8, 100)]);
    expect(result).not.toHaveProperty("standsFor");
    expect(result).not.toHaveProperty("standIns");
  });
});
