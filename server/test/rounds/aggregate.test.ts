import {
  type ByteSource,
  budgetStatement,
  initialNoise,
  networkShape,
  parameterCount,
  planSealing,
  seededRandom,
  type TaskSpec,
  taskHash,
} from "@tacit/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOptimiser } from "../../src/optimisers/create-optimiser.js";
import { aggregate, BudgetSpentError } from "../../src/rounds/aggregate.js";
import { openMemoryStore } from "../../src/store/open-store.js";
import type { ModelVersion, RoundCommit, Store } from "../../src/store/store.js";
import { id } from "../support/ids.js";
import { smallTask } from "../support/small-task.js";

const PARTICIPATIONS = 3;
const correlation = { bands: 3, minimumSeparation: 2 };
const trusted = (changes: Partial<TaskSpec["privacy"]> = {}) =>
  smallTask({ privacy: { mode: "trusted", noiseMultiplier: 4, maximumEpsilon: 100, ...changes } });

function setUp(task: TaskSpec) {
  const planned = planSealing(task, parameterCount(networkShape(task)));
  if (!planned.ok) throw new Error(planned.message);
  const { plan } = planned;
  const first: ModelVersion = {
    modelVersion: 0,
    hash: "a".repeat(64),
    previousHash: "0".repeat(64),
    parameters: new Float32Array(plan.updateLength),
    optimiserState: new Float32Array(0),
    noiseState: initialNoise(plan),
  };
  const aggregation = { task, taskHash: taskHash(task), plan, optimiser: createOptimiser(task.aggregation) };
  /** The round in which three clients uploaded nothing but zeros: what moves the model is the coordinator's noise. */
  const round = (
    previous: ModelVersion,
    bytes?: ByteSource,
    participations = PARTICIPATIONS,
  ): RoundCommit => {
    const contributors = [1, 2, 3].map((n) => ({
      clientId: id(n),
      updateId: id(100 * (previous.modelVersion + 1) + n),
      modelVersion: previous.modelVersion,
    }));
    const cohortId = id(previous.modelVersion + 1);
    const sums = [{ sum: new Uint32Array(plan.dimension), contributors: 3 }];
    const commit = { kind: "commit", cohortId, selected: 3, contributors, participations, sums } as const;
    const aggregated = aggregate(aggregation, previous, commit, new Date(0), bytes);
    if (!aggregated.ok) throw new Error(aggregated.message);
    return aggregated.commit;
  };
  return { plan, first, round };
}

function seededBytes(seed: number): ByteSource {
  const random = seededRandom(seed);
  return {
    fill(bytes) {
      for (let i = 0; i < bytes.length; i++) bytes[i] = random.integer(256);
    },
  };
}

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

describe("a trusted coordinator's round", () => {
  it("moves the model by noise of the deviation that the task says, fresh each time", () => {
    const { plan, first, round } = setUp(trusted());
    const draws: number[] = [];
    for (let n = 0; n < 60; n++) draws.push(...round(first).version.parameters);
    const deviation = plan.coordinatorDeviation / plan.scale / 3;
    expect(deviation).toBeCloseTo(4 / 3, 10);
    const variance = draws.reduce((sum, x) => sum + x * x, 0) / draws.length;
    expect(draws.length).toBeGreaterThan(3000);
    expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(6 * Math.sqrt(2 / draws.length));
  });

  it("gives the same models whether or not it was restarted in between", async () => {
    const task = { ...trusted({ correlation }), name: "restarted" };
    const { first, round } = setUp(task);
    const hash = taskHash(task);
    await store.openTask({ taskHash: hash, name: task.name, spec: "{}", initial: first });
    const [together, apart] = [seededBytes(3), seededBytes(3)];
    let steady = first;
    for (let n = 0; n < 5; n++) {
      steady = round(steady, together).version;
      // All that a restarted coordinator knows is in the store.
      const next = round(await store.latest(hash), apart);
      expect(await store.commitRound(hash, next)).toBe("committed");
    }
    expect(await store.latest(hash)).toEqual(steady);
  });

  it("has one noise for one release, however often it is committed", async () => {
    const task = { ...trusted({ correlation }), name: "retried" };
    const { first, round } = setUp(task);
    const hash = taskHash(task);
    await store.openTask({ taskHash: hash, name: task.name, spec: "{}", initial: first });
    const next = round(first);
    expect(await store.commitRound(hash, next)).toBe("committed");
    expect(await store.commitRound(hash, next)).toBe("committed");
    // Nor does the same sum with fresh noise get in, as after a lost answer: the first one stands.
    const again = round(first);
    expect(again.version.parameters).not.toEqual(next.version.parameters);
    expect(await store.commitRound(hash, again)).toBe("committed");
    expect(await store.latest(hash)).toEqual(next.version);
    expect((await store.version(hash, 0))?.noiseState).toHaveLength(0);
  });

  it("is not opened without the noise of the round before", () => {
    const { first, round } = setUp(trusted({ correlation }));
    expect(() => round({ ...first, noiseState: new Int32Array(0) })).toThrow(RangeError);
  });
});

describe("a round's ledger entry", () => {
  it("says nothing is promised against a trusted coordinator", () => {
    const { first, round } = setUp(trusted());
    expect(round(first).ledger).toMatchObject({
      coordinatorEpsilon: Number.POSITIVE_INFINITY,
      events: { coordinator: null, releases: [{ compositions: PARTICIPATIONS }] },
    });
  });

  it.each([
    ["distributed", { mode: "distributed" }],
    ["local", { mode: "local" }],
    ["trusted", { mode: "trusted" }],
    ["trusted, correlated", { mode: "trusted", correlation }],
  ] as const)("may come to exactly the budget, and no further: %s", (_, privacy) => {
    const generous = trusted(privacy);
    const parameters = parameterCount(networkShape(generous));
    const maximumEpsilon = budgetStatement(generous, parameters, PARTICIPATIONS).epsilon;
    const { first, round } = setUp(trusted({ ...privacy, maximumEpsilon }));
    const { ledger } = round(first);
    expect([ledger.releasesEpsilon, ledger.coordinatorEpsilon]).toContain(maximumEpsilon);
    expect(() => round(first, undefined, PARTICIPATIONS + 1)).toThrow(BudgetSpentError);
  });
});
