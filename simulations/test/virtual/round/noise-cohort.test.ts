import {
  coordinatorStatement,
  openedDeviation,
  planSealing,
  releasesStatement,
  updateLength,
} from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { smallTask } from "../../../../test/support/small-population.js";
import { bytesOf, PURPOSE } from "../../../src/virtual/coins.js";
import { addCohortNoise, addDeployedNoise, openingPlan } from "../../../src/virtual/round/cohort-noise.js";
import { coordinatorEpsilonOf, epsilonOf, roundSpecOf } from "../../../src/virtual/run/run-plan.js";

const task = smallTask({ cohort: { size: 20, minimum: 16 } });
const clock = {
  availability: "always",
  dropout: 0,
  spread: 0.5,
  overSelection: 1,
  deadlineSeconds: 600,
  roundEverySeconds: 0,
} as const;
const spec = { task, private: true, path: "fast", clock, seed: 1 } as const;
const people = smallTask({ cohort: { size: 700, minimum: 560 } });

describe("a cohort in which each client stands for 35 people", () => {
  it("is planned, and pays, as the cohort of all those people", () => {
    const length = updateLength(people);
    const planned = planSealing(people, length);
    if (!planned.ok) throw new Error(planned.message);
    expect(roundSpecOf({ ...spec, standsFor: 35 }).plan).toEqual(planned.plan);
    const epsilon = epsilonOf({ ...spec, standsFor: 35 }, 1);
    expect(epsilon).toBe(releasesStatement(people, length, 1).epsilon);
    const coordinator = coordinatorStatement(people, length, 1).epsilon;
    expect(coordinatorEpsilonOf({ ...spec, standsFor: 35 }, 1)).toBe(
      Number.isFinite(coordinator) ? coordinator : null,
    );
  });

  it("has on its mean the noise that their mean has", () => {
    const plan = { dimension: 20_000, bits: 32, shareDeviation: 900 };
    const [clients, standsFor] = [20, 35];
    const theirs = new Uint32Array(plan.dimension);
    addCohortNoise(plan, theirs, clients * standsFor, bytesOf(1, PURPOSE.cohortNoise, 0, 0));
    const standIns = new Uint32Array(plan.dimension);
    addDeployedNoise(plan, standIns, clients, standsFor, bytesOf(2, PURPOSE.cohortNoise, 0, 0));
    const onTheMean = deviationOf(theirs) / (clients * standsFor);
    // Four standard errors of a deviation estimated from so many coordinates are 2 %, of two of them 2.8 %.
    expect(deviationOf(standIns) / clients / onTheMean).toBeCloseTo(1, 1);
    expect(Math.abs(deviationOf(standIns) / clients / onTheMean - 1)).toBeLessThan(0.028);
  });

  it("is opened with the error that this noise makes", () => {
    const { plan } = roundSpecOf({ ...spec, standsFor: 35 });
    const sum = new Uint32Array(20_000);
    addDeployedNoise({ ...plan, dimension: sum.length }, sum, 20, 35, bytesOf(3, PURPOSE.cohortNoise, 0, 0));
    const onTheMean = deviationOf(sum) / (20 * plan.scale);
    const stated = openedDeviation(openingPlan(plan, 35), { contributors: 20 });
    expect(Math.abs(onTheMean / stated - 1)).toBeLessThan(0.03);
  });

  it("makes the coordinator's noise as much less", () => {
    const trusted = smallTask({
      cohort: { size: 20, minimum: 16 },
      privacy: { ...task.privacy, mode: "trusted" },
    });
    const { plan } = roundSpecOf({ ...spec, task: trusted });
    const { plan: thinned } = roundSpecOf({ ...spec, task: trusted, standsFor: 35 });
    const onTheMean = plan.coordinatorDeviation / plan.scale;
    expect((35 * thinned.coordinatorDeviation) / thinned.scale / onTheMean).toBeCloseTo(1, 1);
  });
});

const deviationOf = (sum: Uint32Array): number =>
  Math.sqrt(sum.reduce((squares, wrapped) => squares + (wrapped | 0) ** 2, 0) / sum.length);
