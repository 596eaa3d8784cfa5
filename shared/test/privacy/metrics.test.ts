import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeJointVector } from "../../src/privacy/joint-vector.js";
import { createMechanism } from "../../src/privacy/mechanism.js";
import type { Measurements } from "../../src/privacy/metric-plan.js";
import { estimatesByRound, type MetricSum, metricEstimate } from "../../src/privacy/metric-sum.js";
import { planSealing, type SealingPlan } from "../../src/privacy/plan-sealing.js";
import { addSealed, emptySum } from "../../src/privacy/sealed-sum.js";
import { openedDeviation, splitMean } from "../../src/privacy/split-mean.js";
import { releasesStatement } from "../../src/privacy/statements.js";
import { parseTask } from "../../src/task/parse-task.js";
import { exampleTask } from "../task/example-task.js";
import { varianceP } from "./support/goodness-of-fit.js";
import { privateTask } from "./support/private-task.js";
import { seededBytes } from "./support/seeded-bytes.js";

const metrics = [
  { name: "reward", minimum: -1, maximum: 3 },
  { name: "hit-rate", minimum: 0, maximum: 1 },
] as const;
const CLIENTS = 60;
const task = privateTask({
  privacy: {
    metrics: [...metrics],
    noiseMultiplier: 0.5,
    adaptiveClip: { quantile: 0.5, learningRate: 0.2 },
  },
  cohort: { size: CLIENTS, minimum: CLIENTS },
});
const planned = planSealing(task, 40);
if (!planned.ok) throw new Error(planned.message);
const { plan } = planned;
const bytes = seededBytes(3);
const mechanism = createMechanism(plan, "public");
const update = new Float32Array(40).fill(0.05);

/** What one round tells of clients that measured this. */
function round(measured: readonly Measurements[]) {
  const sum = emptySum(plan);
  for (const one of measured) {
    const result = mechanism.seal(update, bytes, one);
    if (!result.ok) throw new Error(result.reason);
    addSealed(plan, sum, result.sealed);
  }
  return splitMean(plan, mechanism.open(sum, measured.length), { contributors: measured.length });
}

const told = (name: string, measured: readonly Measurements[]) =>
  metricEstimate(round(measured).metrics.filter((metric) => metric.name === name));

const isReward = ({ name }: MetricSum) => name === "reward";

describe("metrics beside an update", () => {
  it("are heard as means over the clients, with the error that the noise makes", () => {
    const clients = Array.from({ length: CLIENTS }, (_, i) => ({
      reward: (i % 5) / 2,
      "hit-rate": i % 3 ? 0 : 1,
    }));
    const scores = Array.from({ length: 60 }, () => {
      const { mean = Number.NaN, standardError = 0 } = told("reward", clients) ?? {};
      return (mean - 1) / standardError;
    });
    const square = scores.reduce((sum, score) => sum + score * score, 0);
    expect(varianceP(square, scores.length, 1)).toBeGreaterThan(1e-3);
    expect(varianceP(square, scores.length, 4)).toBeLessThan(1e-3);
    const names = round(clients).metrics.map(({ name }) => name);
    expect(names).toEqual(["within-clip", "reward", "hit-rate"]);
    const hits = told("hit-rate", clients);
    expect(Math.abs((hits?.mean ?? 0) - 1 / 3)).toBeLessThan(5 * (hits?.standardError ?? 0));
  });

  it("do not count a client that could not measure", () => {
    const clients = Array.from({ length: CLIENTS }, (_, i) => (i % 2 ? {} : { reward: 2.5 }));
    const { mean = Number.NaN, standardError = 0 } = told("reward", clients) ?? {};
    expect(standardError).toBeLessThan(0.5);
    expect(Math.abs(mean - 2.5)).toBeLessThan(4 * standardError);
  });

  it("are heard over rounds without bias also of the few who could, which each round alone hardly tells", () => {
    const clients = Array.from({ length: CLIENTS }, (_, i) => (i % 8 ? {} : { reward: 2.5 }));
    const alone = (metrics: readonly MetricSum[]) => metricEstimate(metrics.filter(isReward));
    const rounds = Array.from({ length: 300 }, () => round(clients).metrics);
    const tell = rounds.filter((metrics) => alone(metrics));
    expect(tell.length).toBeLessThan(0.9 * rounds.length);
    const { mean = Number.NaN, standardError = 0 } = metricEstimate(rounds.flat().filter(isReward)) ?? {};
    expect(standardError).toBeLessThan(0.1);
    expect(Math.abs(mean - 2.5)).toBeLessThan(4 * standardError);
  });

  it("are of each round by the share of clients in all of them, where they are squared before they are averaged", () => {
    const sum = (round: number): MetricSum => ({
      name: "exposure",
      minimum: -1,
      maximum: 1,
      places: round % 2 ? 0.1 : -0.1,
      share: 0.2 + 0.07 * Math.cos(round),
      error: 0.14,
      shareError: 0.07,
    });
    const sums = Array.from({ length: 400 }, (_, round) => sum(round));
    const rounds = estimatesByRound(sums);
    expect(rounds).toHaveLength(400);
    for (const [round, { mean, standardError }] of rounds.entries()) {
      expect(mean).toBeCloseTo(round % 2 ? 0.5 : -0.5, 1);
      expect(standardError).toBeCloseTo(0.7, 1);
    }
    expect(estimatesByRound(sums.map((one) => ({ ...one, share: 0.01 })))).toEqual([]);
  });

  it("are not told where nobody could", () => {
    expect(told("hit-rate", Array(CLIENTS).fill({ reward: 1 }))).toBeUndefined();
    expect(told("hit-rate", Array(CLIENTS).fill({ "hit-rate": Number.NaN }))).toBeUndefined();
  });

  it("count as their range's end beyond it", () => {
    const clients = Array(CLIENTS).fill({ reward: Number.POSITIVE_INFINITY });
    const { mean = Number.NaN, standardError = 0 } = told("reward", clients) ?? {};
    expect(Math.abs(mean - 3)).toBeLessThan(4 * standardError);
  });

  it("leave the joint vector within the clip, whatever is measured", () => {
    const measurement = fc.option(fc.double(), { nil: undefined });
    const vector = fc.float32Array({ minLength: 40, maxLength: 40, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(vector, measurement, measurement, (values, reward, hitRate) => {
        const length = Math.hypot(...values);
        fc.pre(length < 1e38);
        const joint = new Float32Array(plan.dimension);
        writeJointVector(plan, values, length, { reward, "hit-rate": hitRate }, joint);
        expect(Math.hypot(...joint)).toBeLessThanOrEqual(plan.clip * plan.scale * (1 + 1e-5));
      }),
    );
  });

  it("cost what as many more parameters would, and no more", () => {
    const plain = privateTask({
      privacy: { noiseMultiplier: 0.5 },
      cohort: { size: CLIENTS, minimum: CLIENTS },
    });
    expect(releasesStatement(task, 40, 3)).toEqual(releasesStatement(plain, 45, 3));
  });

  it("have the error of a trusted coordinator's noise as well", () => {
    const opened = (changes: Partial<SealingPlan>) =>
      openedDeviation({ ...plan, ...changes }, { contributors: CLIENTS }) * plan.scale;
    const trusted = { shareDeviation: 0, coordinatorDeviation: 900 };
    expect(opened(trusted)).toBeCloseTo(Math.sqrt(900 ** 2 + CLIENTS / 4) / CLIENTS, 6);
    expect(opened({ ...trusted, noiseFactor: [2, 1] })).toBeGreaterThan(1.1 * opened(trusted));
  });

  it.each([
    [[metrics[0], metrics[0]], "privacy.metrics.1.name"],
    [[{ ...metrics[0], minimum: 3 }], "privacy.metrics.0.maximum"],
  ])("are refused twice, or with an empty range: %#", (wrong, field) => {
    const parsed = parseTask({ ...exampleTask, privacy: { metrics: wrong } });
    expect(parsed).toMatchObject({ ok: false, problems: [{ field }] });
  });
});
