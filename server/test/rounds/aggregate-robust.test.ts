import {
  createMechanism,
  emptySum,
  initialNoise,
  networkShape,
  parameterCount,
  planSealing,
  rotationSeed,
  type TaskSpecInput,
  taskHash,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { createOptimiser } from "../../src/optimisers/create-optimiser.js";
import type { VisibleSum } from "../../src/robust/norm-bound.js";
import { aggregate } from "../../src/rounds/aggregate.js";
import { priorStateLength } from "../../src/rounds/prior-state.js";
import type { ModelVersion } from "../../src/store/store.js";
import { id } from "../support/ids.js";
import { smallTask } from "../support/small-task.js";

const silent = { fill: (bytes: Uint8Array) => bytes.fill(0x5a) };

function setUp(changes: Partial<TaskSpecInput>) {
  const task = smallTask(changes);
  const planned = planSealing(task, parameterCount(networkShape(task)));
  if (!planned.ok) throw new Error(planned.message);
  const { plan } = planned;
  const hash = taskHash(task);
  const previous: ModelVersion = {
    modelVersion: 0,
    hash: "a".repeat(64),
    previousHash: "0".repeat(64),
    parameters: new Float32Array(plan.updateLength),
    optimiserState: new Float32Array(plan.prior ? priorStateLength(plan.prior.length) : 0),
    noiseState: initialNoise(plan),
  };
  const aggregation = { task, taskHash: hash, plan, optimiser: createOptimiser(task.aggregation) };
  // Seals without noise, clip or rounding bound, as whoever writes the client's code may.
  const free = { ...plan, clip: 1e9, integerNorm: Number.POSITIVE_INFINITY, shareDeviation: 0 };
  const mechanism = createMechanism(free, rotationSeed(task, hash, 0));
  /** So many clients whose updates, all alike, have this length. */
  const group = (length: number, contributors: number): VisibleSum => {
    const each = (contributors * length) / Math.sqrt(plan.updateLength);
    const sealed = mechanism.seal(new Float32Array(plan.updateLength).fill(each), silent);
    if (!sealed.ok) throw new Error(sealed.reason);
    return { sum: sealed.sealed, contributors };
  };
  const run = (sums: readonly VisibleSum[]) => {
    const clients = sums.reduce((total, { contributors }) => total + contributors, 0);
    const contributors = Array.from({ length: clients }, (_, i) => ({
      clientId: id(i + 1),
      updateId: id(1000 + i),
      modelVersion: 0,
    }));
    const commit = { kind: "commit", cohortId: id(99), selected: clients, participations: 1 } as const;
    return aggregate(aggregation, previous, { ...commit, contributors, sums }, new Date(0));
  };
  return { plan, group, run };
}

/** With its sign. */
const lengthOf = (parameters: Float32Array) => Math.sign(parameters[0] ?? 0) * Math.hypot(...parameters);

const grouped = (combine: "mean" | "coordinate-median" | "geometric-median" | "trimmed-mean" | "krum") =>
  setUp({
    privacy: { noiseMultiplier: 0.04, maximumEpsilon: 1000 },
    cohort: { size: 20, minimum: 12, groups: 4 },
    aggregation: { combine, byzantineFraction: 0.25 },
  });

describe("a round of four groups", () => {
  it.each(["coordinate-median", "geometric-median", "trimmed-mean"] as const)(
    "takes no notice of one whose sum is poisoned: %s",
    (combine) => {
      const { group, run } = grouped(combine);
      const aggregated = run([group(0.5, 4), group(-1, 4), group(0.52, 4), group(0.48, 4)]);
      if (!aggregated.ok) throw new Error(aggregated.message);
      expect(lengthOf(aggregated.commit.version.parameters)).toBeCloseTo(0.5, 1);
      expect(aggregated.commit.round.contributors).toBe(16);
    },
  );

  it("has a mean that notices", () => {
    const { group, run } = grouped("mean");
    const aggregated = run([group(0.5, 4), group(-1, 4), group(0.5, 4), group(0.5, 4)]);
    if (!aggregated.ok) throw new Error(aggregated.message);
    expect(lengthOf(aggregated.commit.version.parameters)).toBeCloseTo(0.125, 2);
  });

  it("leaves out a group beyond the norm bound; its clients have taken part all the same", () => {
    const { group, run } = grouped("mean");
    const aggregated = run([group(0.5, 4), group(-1.2, 4), group(0.5, 4), group(0.5, 4)]);
    if (!aggregated.ok) throw new Error(aggregated.message);
    const { version, round, participations } = aggregated.commit;
    expect(lengthOf(version.parameters)).toBeCloseTo(0.5, 2);
    expect(round.contributors).toBe(12);
    expect(participations).toHaveLength(16);
  });

  it("is given up where too few clients are within the bound", () => {
    const { group, run } = grouped("coordinate-median");
    const aggregated = run([group(0.5, 4), group(-5, 4), group(0.5, 4), group(5, 4)]);
    expect(aggregated).toEqual({
      ok: false,
      message: "8 updates are within the norm bound, at least 12 are needed",
    });
  });
});

describe("a trusted coordinator's noise", () => {
  const deviationOf = (combine: "mean" | "norm-filter" | "coordinate-median" | "krum") => {
    const { plan, run } = setUp({
      privacy: { mode: "trusted", noiseMultiplier: 4, maximumEpsilon: 100 },
      cohort: { size: 4, minimum: 3 },
      aggregation: { combine },
    });
    const zeros = { sum: emptySum(plan), contributors: 1 };
    let square = 0;
    const rounds = 40;
    for (let round = 0; round < rounds; round++) {
      const aggregated = run([zeros, zeros, zeros]);
      if (!aggregated.ok) throw new Error(aggregated.message);
      for (const value of aggregated.commit.version.parameters) square += value * value;
    }
    return Math.sqrt(square / (rounds * plan.updateLength));
  };

  it("is on the sum where updates are only filtered: a third of it on each one's part", () => {
    expect(deviationOf("norm-filter") / (4 / 3)).toBeCloseTo(1, 1);
  });

  it("is on every update that a rule compares, so that the rule's choice needs none", () => {
    // Krum hands one update out, of three the nearest to another; a median of three normals deviates by 0.67.
    expect(deviationOf("krum")).toBeGreaterThan(0.7 * 4);
    expect(deviationOf("coordinate-median") / 4).toBeCloseTo(0.67, 1);
  });
});

describe("an item prior under a rule that chooses one vector", () => {
  it("is the mean of all vectors, as its stated error says", () => {
    const { plan, run } = setUp({
      model: { embedding: 2, hidden: 2, historyLength: 2, prior: { buckets: 64 } },
      privacy: { mode: "trusted", noiseMultiplier: 4, maximumEpsilon: 100 },
      cohort: { size: 12, minimum: 12 },
      aggregation: { combine: "krum" },
    });
    const zeros = { sum: emptySum(plan), contributors: 1 };
    let [square, variance] = [0, 0];
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      const aggregated = run(Array.from({ length: 12 }, () => zeros));
      if (!aggregated.ok) throw new Error(aggregated.message);
      const kept = aggregated.commit.version.optimiserState.subarray(-priorStateLength(64));
      variance += (kept.at(-1) ?? 0) / rounds;
      for (const sum of kept.subarray(0, 64)) square += sum ** 2 / (64 * rounds);
    }
    expect(square / variance).toBeGreaterThan(0.8);
    expect(square / variance).toBeLessThan(1.2);
  });
});
