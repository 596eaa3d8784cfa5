import { parseTask } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import type { ExperimentResult } from "../../src/experiment/experiment-result.js";
import { experimentCells } from "../../src/experiment/report/experiment-cells.js";
import { summarise } from "../../src/experiment/summary.js";
import type { Trial } from "../../src/scenario/trial.js";

const parsed = parseTask({
  name: "table",
  catalogue: { features: [{ name: "year", kind: "numeric", minimum: 1900, maximum: 2000 }] },
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { task } = parsed;

const DATASET = {
  kind: "dataset",
  path: "ml-100k",
  format: "movielens",
  implicit: true,
  itemIds: false,
  newItems: 0,
  replicas: 1,
  clients: 943,
  digest: "",
} as const;
const MOVIES = { kind: "movies", clients: 943, interactions: 40 } as const;

const trial = (seed: number, rate: number): Trial => ({
  variation: "",
  arm: "random",
  seed,
  metrics: { "hr@10": rate },
  users: 10,
  course: [],
  privacy: null,
  modelHash: null,
  seconds: 1,
});

function cells(rates: readonly number[], population: ExperimentResult["population"]) {
  const trials = rates.map((rate, i) => trial(i + 1, rate));
  const seeds = trials.map(({ seed }) => seed);
  return experimentCells({
    program: "",
    command: "",
    population,
    users: 10,
    seeds,
    task,
    arms: summarise(trials),
    trials,
  });
}

describe("the table of an experiment", () => {
  it("tells seeds that came to the same from a seed alone", () => {
    expect(cells([0.5, 0.5, 0.5], MOVIES).rows[0]).toContain("0.5000 ± 0.0000");
    expect(cells([0.5], MOVIES).rows[0]).toContain("0.5000");
  });

  it("says of a data set, and of nothing else, where all are judged, that they are the same for all seeds", () => {
    const sameUsers = expect.stringMatching(/same people.*intervals leave out/);
    const all = { ...DATASET, clients: 30, replicas: 3 };
    expect(cells([0.4, 0.5], all).notes).toContainEqual(sameUsers);
    // Each seed draws ten of them.
    expect(cells([0.4, 0.5], DATASET).notes).not.toContainEqual(sameUsers);
    expect(cells([0.4, 0.5], MOVIES).notes).not.toContainEqual(sameUsers);
    expect(cells([0.5], all).notes).not.toContainEqual(sameUsers);
  });
});
