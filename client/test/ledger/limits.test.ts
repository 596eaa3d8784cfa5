import { updateLength } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import {
  type ClientLimits,
  DEFAULT_LIMITS,
  limitReached,
  limitsOf,
  nextVersion,
  participationRho,
} from "../../src/ledger/limits.js";
import { exampleTask } from "../support/example-task.js";

const task = exampleTask();
const known = { task, taskHash: "this", plan: { updateLength: updateLength(task) } };
const releasesRho = participationRho(known);
const ledgerOf = (count: number, taskHash = "this") =>
  Array.from({ length: count }, (_, i) => ({ taskHash, updateId: String(i), modelVersion: i, releasesRho }));
const check = (limits: Partial<ClientLimits>, participations = 0) =>
  limitReached(limitsOf(limits), known, ledgerOf(participations));

describe("the client's own limits", () => {
  it.each([1e-12, 1e-5, 1e-2])("are not moved by a task's own delta of %d", (delta) => {
    const lax = exampleTask({
      privacy: { mode: "local", noiseMultiplier: 1, maximumParticipations: 50, delta },
    });
    const refused = limitReached({ ...DEFAULT_LIMITS }, { ...known, task: lax }, ledgerOf(12));
    expect(refused?.reason).toBe("budget-spent");
  });

  it("allow a task within all of them", () => {
    expect(check({})).toBeUndefined();
  });

  it.each([
    [{ noiseMultiplier: 5.1 }, "noise-too-small", /noiseMultiplier: 5, .* 5\.1/],
    [{ cohort: 4 }, "cohort-too-small", /cohort\.minimum: 3, .* 4/],
    [{ participations: 0 }, "participations-spent", /participations: 1, .* 0/],
    [{ releasesEpsilon: 0.1 }, "budget-spent", /releasesEpsilon: .* 0\.1/],
    [{ lifetimeEpsilon: 0.1 }, "budget-spent", /lifetimeEpsilon: .* 0\.1/],
    [{ coordinatorEpsilon: 0.1 }, "budget-spent", /coordinatorEpsilon: .* 0\.1/],
  ])("refuse by %j with the field, the value and the limit", (limits, reason, message) => {
    const refused = check(limits);
    expect(refused?.reason).toBe(reason);
    expect(refused?.message).toMatch(message);
  });

  it("stop at the task's own number of participations, even when the client would allow more", () => {
    const { maximumParticipations } = task.privacy;
    expect(check({ participations: 1000 }, maximumParticipations - 1)).toBeUndefined();
    expect(check({ participations: 1000 }, maximumParticipations)?.reason).toBe("participations-spent");
  });

  it("ask for company in each sum: in a group, where the task splits its cohorts", () => {
    const split = {
      ...known,
      task: { ...task, cohort: { ...task.cohort, size: 12, minimum: 12, groups: 4 } },
    };
    expect(limitReached({ ...DEFAULT_LIMITS, cohort: 3 }, split, [])).toBeUndefined();
    const refused = limitReached({ ...DEFAULT_LIMITS, cohort: 4 }, split, []);
    expect(refused?.message).toMatch(/cohort\.minimum \/ cohort\.groups: 3, .* 4/);
  });

  it("leave the noise to a coordinator only where the host trusts it", () => {
    const trusting = { ...known, task: { ...task, privacy: { ...task.privacy, mode: "trusted" as const } } };
    expect(limitReached(DEFAULT_LIMITS, trusting, [])?.reason).toBe("coordinator-not-trusted");
    expect(limitReached({ ...DEFAULT_LIMITS, trustCoordinator: true }, trusting, [])).toBeUndefined();
  });

  it("sit out as many rounds as correlated noise asks for, in this task only", () => {
    const correlation = { bands: 2, minimumSeparation: 3 };
    const apart = { ...known, task: { ...task, privacy: { ...task.privacy, correlation } } };
    expect(nextVersion(apart, [])).toBe(0);
    // Trained from version 4, a part of 5; 6, 7 and 8 are made without it, and 9 is made from 8.
    expect(nextVersion(apart, ledgerOf(5))).toBe(8);
    expect(nextVersion(apart, ledgerOf(9, "another"))).toBe(0);
    expect(nextVersion(known, ledgerOf(5))).toBe(0);
  });

  it("count what was spent on other tasks into the lifetime", () => {
    const limits = { ...DEFAULT_LIMITS, lifetimeEpsilon: 8 };
    expect(limitReached(limits, known, ledgerOf(10, "another"))).toBeUndefined();
    expect(limitReached(limits, known, ledgerOf(200, "another"))?.message).toMatch(/^lifetimeEpsilon: /);
  });

  it("are the defaults where a host sets nothing, by leaving them out or by undefined", () => {
    expect(limitsOf({ participations: undefined, cohort: undefined, noiseMultiplier: undefined })).toEqual(
      DEFAULT_LIMITS,
    );
    expect(limitsOf({ participations: 7 })).toEqual({ ...DEFAULT_LIMITS, participations: 7 });
    expect(check(limitsOf(), 200)?.reason).toBe("participations-spent");
  });
});
