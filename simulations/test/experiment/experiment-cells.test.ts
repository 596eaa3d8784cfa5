import { describe, expect, it } from "vitest";
import type { ExperimentResult } from "../../src/experiment/experiment-result.js";
import { experimentCells } from "../../src/experiment/report/experiment-cells.js";
import type { Trial } from "../../src/scenario/trial.js";
import { federation, MOVIES, resultOf, spent, trial } from "./support/results.js";

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

const cells = (rates: readonly number[], population: ExperimentResult["population"]) =>
  experimentCells(
    resultOf(
      rates.map((rate, i) => trial("random", i + 1, { metrics: { "hr@10": rate } })),
      { population },
    ),
  );

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

describe("what is said of epsilons", () => {
  const notes = (trials: readonly Trial[]) =>
    experimentCells(resultOf(trials)).notes.filter((note) => note.startsWith("epsilon"));

  it("is whom they are against: at the head of the column", () => {
    const { header, rows } = experimentCells(resultOf([federation(null, 1), federation(8, 1)]));
    const column = header.indexOf("epsilon (released models)");
    expect(rows.map((row) => row[column])).toEqual(["none", "8.00"]);
  });

  it("is the delta, the participations, and what the coordinator may learn: once where arms share it", () => {
    expect(notes([federation(null, 1), federation(8, 1), federation(2, 1)])).toEqual([
      "epsilon: against whoever sees the released models, at delta 0.00001, of the client that took part most often: 3 times; against the coordinator: the same",
    ]);
  });

  it("is each arm's own where they differ: of the seed that spent most", () => {
    const local = (epsilon: number, seed: number, coordinatorEpsilon: number, participations: number) =>
      federation(epsilon, seed, {
        privacy: spent(epsilon - seed / 8, { coordinatorEpsilon, participations }),
      });
    expect(
      notes([local(8, 1, 400, 3), local(8, 2, 300, 2), local(4, 1, 150, 1), local(4, 2, 150, 1)]),
    ).toEqual([
      expect.stringMatching(
        /most often: 3 times \(federated, epsilon 8\), 1 time \(federated, epsilon 4\); against the coordinator: 400\.00 \(federated, epsilon 8\), 150\.00 \(federated, epsilon 4\)$/,
      ),
    ]);
  });

  it("is that the coordinator is trusted where it is promised nothing", () => {
    const privacy = spent(8, { coordinatorEpsilon: null });
    expect(notes([federation(8, 1, { privacy })])).toEqual([
      expect.stringMatching(/against the coordinator: no promise$/),
    ]);
  });

  it("is nothing where nothing is promised", () => {
    expect(notes([trial("random", 1), federation(null, 1)])).toEqual([]);
  });
});

describe("what is said of clients that stand for more people", () => {
  const standIn = (variation: string, standsFor: number, cohort: number) => ({
    ...{ arm: "federated, epsilon 8", variation, standsFor, cohort },
  });
  const notes = (rest: Partial<ExperimentResult>) =>
    experimentCells(resultOf([federation(8, 1)], rest)).notes.filter((note) => note.includes("stands for"));

  it("is for how many, once where it is the same for all", () => {
    expect(notes({ standsFor: 5 })).toEqual([expect.stringMatching(/^each client stands for 5 people/)]);
    expect(notes({})).toEqual([]);
  });

  it("is for how many of which arm, where that differs", () => {
    const standIns = [standIn("cohort.size=100", 50, 100), standIn("cohort.size=500", 10, 500)];
    expect(notes({ standIns })).toEqual([
      "federated, epsilon 8, cohort.size=100: each client stands for 50 people: noise and epsilon are those of 47150 people in cohorts of 5000",
      "federated, epsilon 8, cohort.size=500: each client stands for 10 people: noise and epsilon are those of 9430 people in cohorts of 5000",
    ]);
  });

  it("is nothing of an arm whose clients are as many as there are people", () => {
    const standIns = [standIn("cohort.size=100", 50, 100), standIn("cohort.size=5000", 1, 5000)];
    expect(notes({ standIns })).toEqual([expect.stringMatching(/^federated, epsilon 8, cohort\.size=100: /)]);
  });
});
