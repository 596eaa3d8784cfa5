import { describe, expect, it } from "vitest";
import { runChoices } from "../../../src/virtual/run/run-choices.js";
import { CLOCK } from "../../support/clock.js";

const clock = { ...CLOCK, dropout: 0.1 };
const cohorts = { cohort: 10, rounds: 4, seed: 3, epsilon: 10, privacy: "distributed" } as const;

describe("a run's cohorts", () => {
  it("are calibrated to dropouts and to what chance brings about", () => {
    const options = { ...cohorts, cohort: 1000, rounds: 100 };
    const choices = runChoices(options, clock, 100_000);
    // 900 − 3·√90 survivors; one participation, and three deviations.
    expect(choices).toMatchObject({
      cohort: { size: 1000, minimum: 871 },
      participations: 4,
      mode: "distributed",
    });
    expect(runChoices(options, { ...clock, dropout: 0 }, 1000)).toMatchObject({
      cohort: { minimum: 1000 },
      participations: 100,
    });
  });

  it.each([
    [{ cohort: 20 }, /--cohort: 20 of 10 clients/],
    [{ minimum: 11 }, /--minimum: 11 of a cohort of 10/],
    [{ noiseCohort: 9 }, /--noise-cohort: 9 people, fewer than the 10 clients of a cohort/],
    [
      { rounds: 50, participations: 2 },
      /--participations: 10 clients with 2 participations each do not fill 50/,
    ],
  ])("are refused where they cannot be filled: %j", (changes, message) => {
    expect(() => runChoices({ ...cohorts, ...changes }, clock, 10)).toThrow(message);
  });
});
