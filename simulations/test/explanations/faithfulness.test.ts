import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { estimate } from "../../src/evaluation/estimate.js";
import { ARMS, type ExplainedFilms, explainFilms } from "../../src/explanations/explain-films.js";
import { rankAgreement } from "../../src/explanations/rank-agreement.js";
import { chooseEngine } from "../../src/population/engine-choice.js";

const SEEDS = [1, 2];

describe.each(Object.entries(ARMS))("explanations of a trained network (%s)", (_, model) => {
  let runs: ExplainedFilms[];
  beforeAll(async () => {
    const engine = await chooseEngine("auto");
    runs = SEEDS.map((seed) => explainFilms({ model, clients: 16, rounds: 2, engine, seed }));
  });

  it.each(["leaveOneOut", "integratedGradients"] as const)("%s: name what the score came from", (method) => {
    const found = runs.flatMap((run) => run[method]);
    expect(found.length).toBeGreaterThan(15);
    const more = (strongest: "strongest" | "strongestThree", random: "random" | "randomThree") => {
      const { mean, standardError } = estimate(found.map((one) => one[strongest] - one[random]));
      return mean - 3 * standardError;
    };
    expect(more("strongest", "random")).toBeGreaterThan(0);
    expect(more("strongestThree", "randomThree")).toBeGreaterThan(0);
  });

  it("leave-one-out is exactly what a deletion does; integrated gradients are complete and mostly agree with it", () => {
    for (const { leaveOneOut, integratedGradients } of runs) {
      for (const { agreement } of leaveOneOut) expect(agreement).toBeGreaterThan(0.99);
      for (const { incompleteness } of integratedGradients) expect(incompleteness).toBeLessThan(0.01);
      expect(estimate(integratedGradients.map(({ agreement }) => agreement)).mean).toBeGreaterThan(0.5);
    }
  });

  it("an item's strongest feature does more for it than any one", () => {
    const features = runs.flatMap((run) => run.features);
    for (const { strongest, random } of features) expect(strongest).toBeGreaterThan(random);
  });
});

it("rank agreement is 1 for one order, −1 for the opposite one, and 1 − 6 Σ d² / n (n² − 1) between", () => {
  expect(rankAgreement([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(1 - (6 * 4) / 120, 12);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 20 }), (values) => {
      expect(
        rankAgreement(
          values,
          values.map((value) => 3 * value + 1),
        ),
      ).toBe(1);
      expect(
        rankAgreement(
          values,
          values.map((value) => -value),
        ),
      ).toBeCloseTo(-1, 12);
    }),
  );
});
