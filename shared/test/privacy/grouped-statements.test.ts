import { describe, expect, it } from "vitest";
import { planSealing } from "../../src/privacy/plan-sealing.js";
import { openedDeviation } from "../../src/privacy/split-mean.js";
import { coordinatorStatement, releasesStatement } from "../../src/privacy/statements.js";
import { looksAtSingleUpdates } from "../../src/task/visible-sums.js";
import { privateTask } from "./support/private-task.js";

const DIMENSION = 500;
const GROUPS = [1, 2, 5, 10];

function planOf(groups: number) {
  const planned = planSealing(privateTask({ cohort: { groups } }), DIMENSION);
  if (!planned.ok) throw new Error(planned.message);
  return planned.plan;
}

describe("a cohort in groups", () => {
  it("has in each group's sum the noise of a whole cohort's: a client is in one of them only", () => {
    for (const groups of GROUPS) {
      const task = privateTask({ cohort: { groups } });
      const { honestContributors, shareDeviation, scale } = planOf(groups);
      expect(honestContributors).toBe(80 / groups);
      expect((shareDeviation * Math.sqrt(honestContributors)) / scale).toBeCloseTo(
        task.privacy.noiseMultiplier,
        6,
      );
      expect(releasesStatement(task, DIMENSION, 3).rho).toBeCloseTo(3 / (2 * 2.5 ** 2), 2);
    }
  });

  it("shows the coordinator a group's sum, which is as private as what is released", () => {
    for (const groups of GROUPS) {
      const task = privateTask({ cohort: { groups } });
      expect(coordinatorStatement(task, DIMENSION, 3)).toEqual(releasesStatement(task, DIMENSION, 3));
    }
  });

  it("pays with more noise in the mean the more groups there are", () => {
    const noise = GROUPS.map((groups) => openedDeviation(planOf(groups), { contributors: 100 }));
    for (let i = 1; i < GROUPS.length; i++) {
      expect(noise[i]).toBeGreaterThan(noise[i - 1] ?? 0);
    }
  });
});

describe("a rule that looks at single updates", () => {
  const task = (mode: "local" | "distributed", combine: "mean" | "norm-filter" | "krum") =>
    ({ ...privateTask({ privacy: { mode } }), aggregation: { combine } }) as const;

  it("may release one of them: in mode local only its own noise counts", () => {
    expect(looksAtSingleUpdates(task("distributed", "krum"))).toBe(false);
    for (const combine of ["norm-filter", "krum"] as const) {
      const looking = task("local", combine);
      expect(looksAtSingleUpdates(looking)).toBe(true);
      const { rho } = releasesStatement(looking, DIMENSION, 2);
      expect(rho).toBeCloseTo(coordinatorStatement(looking, DIMENSION, 2).rho, 6);
      expect(rho).toBeGreaterThan(10 * releasesStatement(task("local", "mean"), DIMENSION, 2).rho);
    }
  });
});
