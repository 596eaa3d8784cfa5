import { networkShape, parameterCount } from "@tacit/shared";
import { describe, expect, it } from "vitest";
import { type ClientLimits, DEFAULT_LIMITS, limitReached } from "../../src/ledger/limits.js";
import { exampleTask } from "../support/example-task.js";

const task = exampleTask();
const dimension = parameterCount(networkShape(task));
const check = (limits: Partial<ClientLimits>, participations = 0, of = task) =>
  limitReached({ ...DEFAULT_LIMITS, ...limits }, of, dimension, participations);

describe("the client's own limits", () => {
  it("allow a task within all of them", () => {
    expect(check({})).toBeUndefined();
  });

  it.each([
    [{ noiseMultiplier: 5.1 }, "noise-too-small", /noiseMultiplier: 5, .* 5\.1/],
    [{ cohort: 4 }, "cohort-too-small", /cohort\.minimum: 3, .* 4/],
    [{ participations: 0 }, "participations-spent", /participations: 1, .* 0/],
    [{ releasesEpsilon: 0.1 }, "budget-spent", /releasesEpsilon: .* 0\.1/],
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
});
