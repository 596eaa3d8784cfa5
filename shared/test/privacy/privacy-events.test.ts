import { describe, expect, it } from "vitest";
import type { RepeatedEvent } from "../../src/privacy/accounting/privacy-event.js";
import { rdpAccountant } from "../../src/privacy/accounting/rdp-accountant.js";
import { zcdpAccountant } from "../../src/privacy/accounting/zcdp-accountant.js";
import { calibrateNoise } from "../../src/privacy/calibrate-noise.js";
import { planSealing } from "../../src/privacy/plan-sealing.js";
import { coordinatorEvents, releasesEvents } from "../../src/privacy/privacy-events.js";
import { coordinatorStatement, releasesStatement } from "../../src/privacy/statements.js";
import { parseTask } from "../../src/task/parse-task.js";
import type { TaskSpec } from "../../src/task/task-spec.js";
import { exampleTask } from "../task/example-task.js";
import { privateTask } from "./support/private-task.js";

const correlation = { bands: 4, minimumSeparation: 6 };
const tasks: readonly [string, Partial<TaskSpec["privacy"]>][] = [
  ["distributed", { mode: "distributed" }],
  ["local", { mode: "local" }],
  ["trusted", { mode: "trusted" }],
  ["trusted, correlated", { mode: "trusted", correlation }],
];

function planOf(task: TaskSpec) {
  const planned = planSealing(task, 500);
  if (!planned.ok) throw new Error(planned.message);
  return planned.plan;
}

/** As a ledger keeps them. */
const stored = (events: readonly RepeatedEvent[] | undefined): RepeatedEvent[] =>
  JSON.parse(JSON.stringify(events));

describe("privacy events", () => {
  it.each(tasks)("are enough to compute both statements again: %s", (_, privacy) => {
    const task = privateTask({ privacy });
    const releases = stored(releasesEvents(planOf(task), 3));
    const { epsilon, delta } = releasesStatement(task, 500, 3);
    expect(zcdpAccountant.epsilon(releases, delta)).toBeCloseTo(epsilon, 9);
    expect(rdpAccountant().epsilon(releases, delta)).toBeLessThan(1.02 * epsilon);
    const seen = coordinatorEvents(planOf(task), 3);
    const against = coordinatorStatement(task, 500, 3).epsilon;
    if (seen) expect(zcdpAccountant.epsilon(stored(seen), delta)).toBeCloseTo(against, 9);
    else expect(against).toBe(Number.POSITIVE_INFINITY);
  });

  it("promise nothing against a coordinator that makes the noise itself, once one has taken part", () => {
    const task = privateTask({ privacy: { mode: "trusted" } });
    expect(coordinatorEvents(planOf(task), 1)).toBeUndefined();
    expect(coordinatorStatement(task, 500, 1).epsilon).toBe(Number.POSITIVE_INFINITY);
    expect(coordinatorStatement(task, 500, 0).epsilon).toBe(0);
  });

  it("cost a trusted coordinator's releases a plain discrete Gaussian: ρ = K·Δ2² / 2σ²", () => {
    const task = privateTask({ privacy: { mode: "trusted" } });
    const { integerNorm, coordinatorDeviation, scale, clip, shareDeviation } = planOf(task);
    expect(shareDeviation).toBe(0);
    expect(coordinatorDeviation / (scale * clip)).toBeCloseTo(task.privacy.noiseMultiplier, 10);
    expect(releasesStatement(task, 500, 5).rho).toBeCloseTo(
      (5 * integerNorm ** 2) / (2 * coordinatorDeviation ** 2),
      10,
    );
  });

  it("let noise be calibrated to a budget in every mode, more of it where it is correlated", () => {
    const [independent, correlated] = [{}, { correlation }].map((more) => {
      const task = privateTask({ privacy: { mode: "trusted", maximumEpsilon: 4, ...more } });
      const noiseMultiplier = calibrateNoise(task, 500, 5) ?? Number.NaN;
      const calibrated = { ...task, privacy: { ...task.privacy, noiseMultiplier } };
      expect(releasesStatement(calibrated, 500, 5).epsilon).toBeLessThanOrEqual(4);
      expect(releasesStatement(calibrated, 500, 5).epsilon).toBeGreaterThan(3.98);
      return noiseMultiplier;
    });
    // ‖(1, 1/2, 3/8, 5/16)‖
    expect((correlated ?? 0) / (independent ?? 0)).toBeCloseTo(Math.sqrt(1 + 1 / 4 + 9 / 64 + 25 / 256), 2);
  });
});

describe("correlated noise", () => {
  const privacy = { mode: "trusted", correlation } as const;
  it("is accepted from a trusted coordinator", () => {
    expect(parseTask({ ...exampleTask, privacy }).ok).toBe(true);
  });

  it.each([
    [{ privacy: { ...privacy, mode: "distributed" } }, "privacy.correlation"],
    [
      { privacy: { ...privacy, correlation: { bands: 8, minimumSeparation: 6 } } },
      "privacy.correlation.bands",
    ],
    [{ privacy, cohort: { maximumStaleness: 1 } }, "privacy.correlation"],
    [{ privacy: { ...privacy, adaptiveClip: {} } }, "privacy.correlation"],
  ])("is refused where it would not hold what it promises: %#", (changes, field) => {
    expect(parseTask({ ...exampleTask, ...changes })).toMatchObject({ ok: false, problems: [{ field }] });
  });
});
