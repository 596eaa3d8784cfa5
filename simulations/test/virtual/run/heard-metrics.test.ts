import { createTaskModel, type MetricSum, parameterCount, referenceEngine } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { emptyAttendance } from "../../../src/virtual/columns/attendance.js";
import { heardInRun } from "../../../src/virtual/run/heard-metrics.js";
import { heardText } from "../../../src/virtual/run/heard-text.js";
import type { RoundReport, RunState } from "../../../src/virtual/run/run-state.js";
import { CLIENTS, smallRoom } from "../support/small-room.js";

const METRICS = [
  { name: "loss", minimum: 0, maximum: 10 },
  { name: "novelty", minimum: 0, maximum: 12 },
  { name: "popularity-lift", minimum: -1, maximum: 4 },
  { name: "exposure", minimum: -1, maximum: 1 },
] as const;

const round = (modelVersion: number, metrics: readonly MetricSum[]): RoundReport => ({
  modelVersion,
  metrics,
  virtualSeconds: 1,
  invited: 20,
  lost: 0,
  late: 0,
  dropped: 0,
  failedCohorts: 0,
  epsilon: null,
  contributors: 20,
  meanNorm: 1,
  shareClipped: 0,
  meanLoss: 1,
  meanReward: 1,
});

/** Has something to measure. */
const EVERYBODY = { share: 1, shareError: 0 };

function heardOf(
  exposures: readonly number[],
  standardError: number,
  metrics: readonly (typeof METRICS)[number][],
) {
  const model = { prior: { buckets: 16_384 }, embedding: 4, hidden: 4, historyLength: 4 };
  const { room } = smallRoom("fast", { model, privacy: { noiseMultiplier: 5, metrics: [...metrics] } });
  const { task } = room.spec;
  const networks = createTaskModel({ task, catalogue: room.catalogue, engine: referenceEngine });
  // A model of zeros shows the first ten that are new to each client, and its prior knows nothing.
  const parameters = new Float32Array(parameterCount(networks.shape));
  const rounds = exposures.map((mean, before) =>
    round(before + 1, [
      { ...EVERYBODY, name: "loss", minimum: 0, maximum: 100, places: before / 50 - 1, error: 0.006 },
      { ...EVERYBODY, name: "exposure", minimum: -1, maximum: 1, places: mean, error: standardError },
    ]),
  );
  const head: RunState["head"] = {
    modelVersion: rounds.length,
    hash: "",
    previousHash: "",
    parameters,
    optimiserState: new Float32Array(),
    noiseState: new Int32Array(),
  };
  const state = { head, rounds, attendance: emptyAttendance(CLIENTS, rounds.length) };
  const from = { model: networks, population: room.population, distinct: CLIENTS, seed: 1 };
  return heardInRun(from, state, parameters);
}

describe("what the sums of a run told", () => {
  const signs = Array.from({ length: 40 }, (_, i) => (i % 2 ? 0.3 : -0.3));

  it("is never of more items than the catalogue has, of which there are forty", () => {
    const faint = signs.map((sign) => sign / 3);
    expect(heardOf(faint, 0, METRICS)?.exposure?.heard).toMatchObject({ items: 40, most: 40 });
  });

  it("is the mean of its later rounds, beside what everybody measures and what can be counted", () => {
    const heard = heardOf(signs, 0.1, METRICS);
    expect(heard).toMatchObject({ rounds: 20, users: CLIENTS });
    const [loss, novelty, lift] = heard?.means ?? [];
    expect(loss).toEqual({
      name: "loss",
      heard: { mean: 29.5, standardError: expect.closeTo(0.3 / Math.sqrt(20), 12) },
      open: null,
    });
    // Nobody's sums told of it; by a prior that knows nothing, all of forty items are alike, and nothing is lifted.
    expect(novelty).toMatchObject({
      name: "novelty",
      heard: null,
      open: { mean: expect.closeTo(Math.log2(40), 5) },
    });
    expect(lift?.open?.mean).toBeCloseTo(0, 6);
    expect(lift?.counted).toBeLessThan(1);
    // Σ p² = 0.3² − 0.1².
    expect(heard?.exposure?.heard?.items).toBeCloseTo(1 / 0.08, 9);
    expect(heard?.exposure).toMatchObject({ catalogue: 40 });
    expect(heard?.exposure?.counted).toBeGreaterThan(10);
    expect(heard?.exposure?.counted).toBeLessThanOrEqual(40 * (heard?.exposure?.coverage ?? 0));
    if (!heard) throw new Error("metrics are named");
    expect(heardText(heard).map(([name]) => name)).toEqual([
      "in sums",
      "loss",
      "novelty",
      "popularity-lift",
      "shown",
    ]);
  });

  it("is said not to be known where noise is all there is, and nothing where the task names no metrics", () => {
    const heard = heardOf(signs, 0.4, METRICS);
    expect(heard?.exposure?.heard).toBeNull();
    if (!heard) throw new Error("metrics are named");
    expect(heardText(heard).at(-1)?.[1]).toMatch(/^cannot be told from noise; /);
    expect(heardOf(signs, 0.1, [])).toBeUndefined();
  });
});
