import { describe, expect, it } from "vitest";
import { participationLimit } from "../../src/rounds/participation-limit.js";

const privacy = (maximumParticipations: number, maximumEpsilon: number) => ({
  mode: "distributed" as const,
  clip: 1,
  noiseMultiplier: 1,
  bits: 16,
  delta: 1e-5,
  maximumParticipations,
  maximumEpsilon,
});

describe("participationLimit", () => {
  it("is the task's number of participations while the budget pays for all of them", () => {
    const limit = participationLimit(privacy(10, 5), (k) => k / 2);
    expect(limit).toEqual({ participations: 10, minimumSeparation: 0, reason: "participations-spent" });
  });
  it("is the most that the budget pays for otherwise", () => {
    const limit = participationLimit(privacy(1000, 5), (k) => Math.sqrt(k));
    expect(limit).toEqual({ participations: 25, minimumSeparation: 0, reason: "budget-spent" });
  });
  it("is none when the budget does not pay for one", () => {
    expect(participationLimit(privacy(1000, 5), () => 6).participations).toBe(0);
  });
});
