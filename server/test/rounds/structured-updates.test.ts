import {
  addSealed,
  COMBINE_RULES,
  type CombineRule,
  coordinatorStatement,
  createMechanism,
  emptySum,
  initialParameters,
  networkShape,
  parameterBlocks,
  planSealing,
  releasesStatement,
  rotationSeed,
  seededRandom,
  structuredUpdate,
  type TaskSpecInput,
  taskHash,
  updateLength,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { createOptimiser } from "../../src/optimisers/create-optimiser.js";
import { createRule } from "../../src/robust/create-rule.js";
import { aggregate } from "../../src/rounds/aggregate.js";
import { firstVersion } from "../../src/rounds/first-version.js";
import { nextVersion } from "../../src/rounds/next-version.js";
import { id } from "../support/ids.js";
import { smallTask } from "../support/small-task.js";

const BUCKETS = 4;
/** The bucket that all of them mark. */
const MARKED = 1;
const CLIENTS = 3;
const random = seededRandom(7);
const bytes = {
  fill(into: Uint8Array) {
    for (let i = 0; i < into.length; i++) into[i] = random.integer(256);
  },
};

/** A round in which three clients' updates, of 0.3 a coordinate, are sealed without noise. */
function setUp(
  update: NonNullable<TaskSpecInput["learning"]>["update"],
  changes: Partial<TaskSpecInput> = {},
) {
  const task = smallTask({
    model: { embedding: 6, hidden: 5, historyLength: 2 },
    privacy: { noiseMultiplier: 4, maximumEpsilon: 1000, clip: 10 },
    learning: { update },
    ...changes,
  });
  const planned = planSealing(task, updateLength(task));
  if (!planned.ok) throw new Error(planned.message);
  const plan = { ...planned.plan, shareDeviation: 0 };
  const hash = taskHash(task);
  const aggregation = { task, taskHash: hash, plan, optimiser: createOptimiser(task.aggregation) };
  const first = firstVersion(aggregation, initialParameters(networkShape(task), 1));
  const structure = structuredUpdate({ task, taskHash: hash, modelVersion: 0 }, parameterBlocks(task));
  const prior = plan.prior?.length ?? 0;
  const updates = Array.from({ length: CLIENTS }, () =>
    Float32Array.from({ length: plan.updateLength }, (_, i) => {
      const bucket = i - (plan.updateLength - prior);
      return bucket < 0 ? 0.3 * random.normal() : Number(bucket === MARKED);
    }),
  );
  const mechanism = createMechanism(plan, rotationSeed(task, hash, 0));
  const sum = emptySum(plan);
  for (const each of updates) {
    const sealed = mechanism.seal(each, bytes);
    if (!sealed.ok) throw new Error(sealed.reason);
    addSealed(plan, sum, sealed.sealed);
  }
  const mean = (updates[0] ?? new Float32Array()).map(
    (_, i) => updates.reduce((total, each) => total + (each[i] ?? 0), 0) / CLIENTS,
  );
  return { task, plan, aggregation, first, structure, mean, sums: [{ sum, contributors: CLIENTS }] };
}

const KINDS = [
  { kind: "random-mask", share: 0.25 },
  { kind: "low-rank", rank: 2 },
] as const;

describe.each(KINDS)("a round of updates that are restricted: $kind", (update) => {
  it("moves the model by the mean, spread to all its parameters", () => {
    const { aggregation, first, structure, mean, sums, plan } = setUp(update);
    const next = nextVersion(aggregation, first, sums, bytes);
    if (!next.ok || !structure) throw new Error("it is a version");
    expect(plan.updateLength).toBe(structure.length);
    expect(plan.updateLength).toBeLessThan(0.6 * first.parameters.length);
    const spread = structure.spread(mean);
    expect(next.version.parameters).toHaveLength(first.parameters.length);
    for (const [i, value] of next.version.parameters.entries()) {
      expect(value - (first.parameters[i] ?? 0)).toBeCloseTo(spread[i] ?? Number.NaN, 2);
    }
  });

  it("keeps everything else whole: the rest of rounded versions, the optimiser's state, the item prior", () => {
    const { aggregation, first, sums } = setUp(update, {
      model: { embedding: 6, hidden: 5, historyLength: 2, prior: { buckets: BUCKETS } },
      delivery: { encoding: "int8" },
      aggregation: { optimiser: "fedadam", learningRate: 0.01 },
    });
    const next = nextVersion(aggregation, first, sums, bytes);
    if (!next.ok) throw new Error(next.message);
    const { parameters, optimiserState } = next.version;
    const d = first.parameters.length;
    expect(parameters).toHaveLength(d);
    // FedAdam's two moments of what is trained, and the prior's own state behind them.
    expect(optimiserState.length).toBe(first.optimiserState.length + 2 * (d - BUCKETS));
    const again = nextVersion(aggregation, next.version, sums, bytes);
    expect(again).toMatchObject({ ok: true, version: { modelVersion: 2 } });
    if (!again.ok) throw new Error(again.message);
    const lead = (vector: Float32Array) => {
      const logits = [...vector.subarray(d - BUCKETS)];
      const marked = logits[MARKED] ?? Number.NaN;
      for (const [bucket, logit] of logits.entries())
        if (bucket !== MARKED) expect(logit).toBeLessThan(marked);
      return marked - Math.min(...logits);
    };
    // One of four is marked, and every bucket has an average one more: ln 5, but for the rounding to int8.
    for (const vector of [parameters, again.version.parameters])
      expect(lead(vector)).toBeCloseTo(Math.log(5), 0);
  });

  it("enters the ledger as any update of its length does", () => {
    const { task, aggregation, plan, first, sums } = setUp(update);
    const contributors = [1, 2, 3].map((n) => ({
      clientId: id(n),
      updateId: id(10 + n),
      modelVersion: 0,
    }));
    const commit = { kind: "commit", cohortId: id(9), selected: 3, participations: 2 } as const;
    const aggregated = aggregate(aggregation, first, { ...commit, contributors, sums }, new Date(0), bytes);
    if (!aggregated.ok) throw new Error(aggregated.message);
    const { update: _, ...learning } = task.learning;
    const whole = { ...task, learning };
    expect(aggregated.commit.ledger).toMatchObject({
      participations: 2,
      coordinatorEpsilon: coordinatorStatement(whole, plan.updateLength, 2).epsilon,
      releasesEpsilon: releasesStatement(whole, plan.updateLength, 2).epsilon,
    });
    // The length hardly matters to what is spent: the clip and the noise do.
    expect(aggregated.commit.ledger.releasesEpsilon).toBeCloseTo(
      releasesStatement(whole, first.parameters.length, 2).epsilon,
      2,
    );
  });
});

/** By coordinates a rule means something else in another basis. */
const BY_COORDINATES: readonly CombineRule[] = ["coordinate-median", "trimmed-mean"];
const SEEN_ALIKE = COMBINE_RULES.flatMap((combine) =>
  KINDS.filter(({ kind }) => kind === "random-mask" || !BY_COORDINATES.includes(combine)).map((update) => ({
    combine,
    update,
  })),
);

describe("a rule that combines restricted vectors", () => {
  it.each(SEEN_ALIKE)(
    "comes to what it would of spread ones: $combine, $update.kind",
    ({ combine, update }) => {
      const rule = createRule({ ...smallTask().aggregation, combine, byzantineFraction: 0.2 });
      const { structure } = setUp(update);
      if (!structure) throw new Error("it is restricted");
      const { length, spread } = structure;
      const means = Array.from({ length: 6 }, () => Float32Array.from({ length }, () => random.normal()));
      const weights = [2, 3, 2, 3, 2, 3];
      const seen = spread(rule(means, weights));
      const whole = rule(means.map(spread), weights);
      for (const [i, value] of seen.entries()) expect(value).toBeCloseTo(whole[i] ?? Number.NaN, 4);
    },
  );
});
