import { describe, expect, it } from "vitest";
import { type PrivacyQuestion, planPrivacy } from "../../src/privacy/plan-privacy.js";

const question: PrivacyQuestion = {
  clients: 20_000,
  cohort: 500,
  dropout: 0.1,
  corrupt: 0.05,
  roundsPerDay: 8,
  days: 14,
  epsilon: 8,
  delta: 1e-6,
  dimension: 3000,
  clip: 1,
};

function answer(changes: Partial<PrivacyQuestion> = {}) {
  const planned = planPrivacy({ ...question, ...changes });
  if (!planned.ok) throw new Error(`${planned.field}: ${planned.message}`);
  return planned.answer;
}

describe("a plan", () => {
  it("keeps to the budget, and wastes little of it", () => {
    const { releasesEpsilon, rounds, maximumParticipations, expectedParticipations } = answer();
    expect(rounds).toBe(112);
    expect(expectedParticipations).toBeCloseTo((112 * 450) / 20_000, 10);
    expect(maximumParticipations).toBeGreaterThan(expectedParticipations);
    expect(releasesEpsilon).toBeLessThanOrEqual(8);
    expect(releasesEpsilon).toBeGreaterThan(7.9);
  });

  it("says the same of the coordinator, which sees masked sums only", () => {
    const { releasesEpsilon, coordinatorEpsilon } = answer();
    expect(coordinatorEpsilon).toBe(releasesEpsilon);
  });

  it.each([
    ["fewer participations", { days: 7 }],
    ["a larger target", { epsilon: 16 }],
    ["larger cohorts of more clients", { cohort: 2000, clients: 80_000 }],
    ["fewer parameters", { dimension: 1000 }],
  ])("leaves more signal for %s", (_, changes) => {
    expect(answer(changes).signalToNoise).toBeGreaterThan(answer().signalToNoise);
  });

  it.each([
    [{ cohort: 30_000 }, "cohort"],
    [{ epsilon: 1e-6 }, "epsilon"],
  ])("is refused for %j, naming %s", (changes, field) => {
    expect(planPrivacy({ ...question, ...changes })).toMatchObject({ ok: false, field });
  });
});
