import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCatalogue } from "@tacit/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { items, smallTask } from "../../../test/support/small-population.js";
import { type ExperimentProgress, runExperiment } from "../../src/experiment/run-experiment.js";
import { TrialFolder } from "../../src/experiment/trial-folder.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { CLOCK } from "../support/clock.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tacit-trials-"));
});
afterAll(() => rm(folder, { recursive: true }));

const task = smallTask();
const catalogue = createCatalogue(task.catalogue.features, items);

/** Says that it begins its second of three rounds, and no more. */
const scenario: Scenario = {
  arms: ["random"],
  users: 1,
  prepare: async ({ seed }) => ({
    spec: {
      population: { kind: "movies", clients: 2, interactions: 8 },
      task,
      private: false,
      path: "fast",
      clock: CLOCK,
      seed,
      engine: "reference",
      program: "test",
    },
    catalogue,
    sampleHistory: () => [],
    async play({ progress }) {
      progress(1, 3, "round 1/3");
      return { metrics: {}, users: 1, course: [], privacy: null, modelHash: null };
    },
  }),
};

/** How far each trial was said to be at last, as a share of all of them. */
async function shares(): Promise<number[]> {
  const told: number[] = [];
  const progress: ExperimentProgress = {
    trial({ done, of }) {
      told.push(done / of);
      return (step, steps) => {
        told[told.length - 1] = (done + step / steps) / of;
      };
    },
    stop: () => {},
  };
  await runExperiment({
    plan: {
      scenario,
      variations: [{ name: "", overrides: {} }],
      arms: [{ kind: "random" }],
      seeds: [1, 2],
    },
    folder: await TrialFolder.open(folder),
    signal: new AbortController().signal,
    progress,
  });
  return told;
}

describe("the progress of an experiment", () => {
  it("comes to the end of every trial, that was played now or before", async () => {
    expect(await shares()).toEqual([0.5, 1]);
    expect(await shares()).toEqual([0.5, 1]);
  });
});
