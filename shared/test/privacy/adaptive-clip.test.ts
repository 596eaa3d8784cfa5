import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adaptClip, joinVersion, planAt, splitVersion } from "../../src/privacy/adaptive-clip.js";
import { createMechanism } from "../../src/privacy/mechanism.js";
import { metricEstimate } from "../../src/privacy/metric-sum.js";
import { planSealing } from "../../src/privacy/plan-sealing.js";
import { addSealed, emptySum } from "../../src/privacy/sealed-sum.js";
import { splitMean } from "../../src/privacy/split-mean.js";
import { releasesStatement } from "../../src/privacy/statements.js";
import { seededRandom } from "../../src/random/random.js";
import { parseTask } from "../../src/task/parse-task.js";
import { exampleTask } from "../task/example-task.js";
import { privateTask } from "./support/private-task.js";
import { seededBytes } from "./support/seeded-bytes.js";

const adaptiveClip = { quantile: 0.5, learningRate: 0.5 };
const CLIENTS = 200;
const task = privateTask({
  privacy: { adaptiveClip, noiseMultiplier: 1 },
  cohort: { size: CLIENTS, minimum: CLIENTS },
});
const planned = planSealing(task, 100);
if (!planned.ok) throw new Error(planned.message);
const { plan } = planned;

/** The share of updates of these lengths that one noisy round at this clip finds within it, and the mean update. */
function round(lengths: readonly number[], clip: number, seed: number) {
  const here = planAt(plan, clip);
  const mechanism = createMechanism(here, "public");
  const sum = emptySum(here);
  const bytes = seededBytes(seed);
  for (const length of lengths) {
    const result = mechanism.seal(new Float32Array(100).fill(length / 10), bytes);
    if (!result.ok) throw new Error(result.reason);
    addSealed(here, sum, result.sealed);
  }
  const { update, metrics } = splitMean(here, mechanism.open(sum, lengths.length), {
    contributors: lengths.length,
  });
  return { update, withinClip: metricEstimate(metrics)?.mean ?? Number.NaN };
}

const random = seededRandom(8);
const lengths = Array.from({ length: CLIENTS }, () => Math.exp(random.normal()));

describe("adaptive clipping", () => {
  it("hears through the noise how many updates were within the clip", () => {
    const within = lengths.filter((length) => length <= 1).length / CLIENTS;
    const { withinClip, update } = round(lengths, 1, 3);
    // One coordinate of ±0.1 clips beside noise of 1 clip in the sum of 200.
    expect(Math.abs(withinClip - within)).toBeLessThan(4 * (1 / (2 * 0.1 * CLIENTS)));
    expect(update).toHaveLength(100);
  });

  it.each([
    ["too small", 0.01],
    ["too large", 100],
  ])("comes to the quantile from a clip that is far %s", (_, first) => {
    let clip = first;
    for (let at = 0; at < 40; at++) clip = adaptClip(task.privacy, clip, round(lengths, clip, at).withinClip);
    const median = lengths.toSorted((a, b) => a - b)[CLIENTS / 2] ?? 0;
    expect(clip / median).toBeGreaterThan(0.75);
    expect(clip / median).toBeLessThan(1.33);
  });

  it("keeps integers, noise and therefore the price at whatever clip", () => {
    const moved = planAt(plan, 17);
    expect(moved.scale * moved.clip).toBeCloseTo(plan.scale * plan.clip, 6);
    expect({ ...moved, clip: 0, scale: 0 }).toEqual({ ...plan, clip: 0, scale: 0 });
    const plain = privateTask({
      privacy: { noiseMultiplier: 1 },
      cohort: { size: CLIENTS, minimum: CLIENTS },
    });
    const [adaptive, fixed] = [releasesStatement(task, 100, 5), releasesStatement(plain, 101, 5)];
    expect(adaptive).toEqual(fixed);
  });

  it("never goes out of all proportion, whatever the noise says", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        fc.double({ noNaN: true }),
        (clip, heard) => {
          const next = adaptClip(task.privacy, clip, heard);
          expect(next).toBeGreaterThanOrEqual(task.privacy.clip / 1e6);
          expect(next).toBeLessThanOrEqual(task.privacy.clip * 1e6);
        },
      ),
    );
  });
});

describe("a version with its clip", () => {
  it("is taken apart as it was put together", () => {
    const vector = joinVersion(task.privacy, { parameters: Float32Array.of(1, 2), clip: 0.25 });
    const state = splitVersion(task.privacy, vector);
    expect([...(state?.parameters ?? [])]).toEqual([1, 2]);
    expect(state?.clip).toBeCloseTo(0.25, 6);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 40, -40])("is refused with a ln clip of %d", (logClip) => {
    expect(splitVersion(task.privacy, Float32Array.of(1, logClip))).toBeUndefined();
  });

  it("is refused as a task where updates of several versions meet", () => {
    const parsed = parseTask({
      ...exampleTask,
      privacy: { adaptiveClip: {} },
      cohort: { maximumStaleness: 1 },
    });
    expect(parsed).toMatchObject({ ok: false, problems: [{ field: "privacy.adaptiveClip" }] });
  });
});
