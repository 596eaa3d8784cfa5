import { beforeAll, describe, expect, it } from "vitest";
import { correctedTerms, estimatedValue, sum } from "../../src/off-policy/estimator-terms.js";
import { importanceWeights } from "../../src/off-policy/importance-weights.js";
import { CANDIDATE_PARAMETERS, leastErrorParameter } from "../../src/off-policy/least-error-parameter.js";
import type { ModelledRounds } from "../../src/off-policy/logged-rounds.js";
import { shrunkWeight } from "../../src/off-policy/shrunk-doubly-robust.js";
import { switchedWeight } from "../../src/off-policy/switch-doubly-robust.js";
import { drawProblem, MODELS } from "./drawn-problem.js";

const WORLDS = 8;
const LOGS_EACH = 5;
const PROBLEMS = MODELS.flatMap((model) =>
  [0.02, 0.2].flatMap((clicks) => [300, 1500].map((rounds) => ({ model, clicks, rounds }))),
);

type WeightOf = (parameter: number) => (weight: number) => number;

/** What is known of the error of one parameter's estimate. */
interface Guess {
  readonly estimate: number;
  readonly variance: number;
  readonly bias: number;
  readonly varianceOfBias: number;
  /** What the bias may be beyond its estimate; of all parameters the same. */
  readonly slack: number;
}

/** Other rules than the one in use: the parameter with the least of it. */
const OTHERS = {
  /** The square of an estimated bias is too large by its variance, which is taken off again. */
  corrected: ({ variance, bias, varianceOfBias }: Guess) =>
    variance + Math.max(0, bias ** 2 - varianceOfBias),
  /** With what the bias is below with 95 % (Su et al. 2020, arXiv 1907.09623, as in the Open Bandit Pipeline). */
  bounded: ({ variance, bias, slack }: Guess) => variance + (Math.abs(bias) + slack) ** 2,
} as const;

const RULES = ["dm", "dr", "used", "corrected", "bounded", "best"] as const;
type Errors = Readonly<Record<(typeof RULES)[number], number>>;

/** Mean squared errors over many logs, as multiples of DR's. "best" is the one parameter that suits all logs best. */
function errorsOf(problem: (typeof PROBLEMS)[number], weightOf: WeightOf): Errors {
  const candidates = new Float64Array(CANDIDATE_PARAMETERS.length);
  const errors = { used: 0, corrected: 0, bounded: 0 };
  for (let world = 0; world < WORLDS; world++) {
    const { value, log } = drawProblem(world, problem);
    for (let drawn = 0; drawn < LOGS_EACH; drawn++) {
      const rounds = log(problem.rounds, 1000 * world + drawn);
      const slack = biasSlack(importanceWeights(rounds));
      const guesses = CANDIDATE_PARAMETERS.map((parameter) => guess(rounds, weightOf(parameter), slack));
      const squares = guesses.map(({ estimate }) => (estimate - value) ** 2);
      const squareAt = (candidate: number) => squares[candidate] ?? Number.NaN;
      const least = (scores: readonly number[]) => squareAt(scores.indexOf(Math.min(...scores)));
      for (const candidate of squares.keys())
        candidates[candidate] = (candidates[candidate] ?? 0) + squareAt(candidate);
      errors.used += squareAt(CANDIDATE_PARAMETERS.indexOf(leastErrorParameter(rounds, weightOf)));
      errors.corrected += least(guesses.map(OTHERS.corrected));
      errors.bounded += least(guesses.map(OTHERS.bounded));
    }
  }
  const dr = candidates.at(-1) ?? Number.NaN;
  return {
    dm: (candidates[0] ?? Number.NaN) / dr,
    dr: 1,
    used: errors.used / dr,
    corrected: errors.corrected / dr,
    bounded: errors.bounded / dr,
    best: Math.min(...candidates) / dr,
  };
}

function guess(rounds: ModelledRounds, weightOf: (weight: number) => number, slack: number): Guess {
  const { weights: _, ...terms } = correctedTerms(rounds, weightOf);
  const { corrections: left } = correctedTerms(rounds, (weight) => weight - weightOf(weight));
  return {
    estimate: estimatedValue(terms),
    variance: varianceOfMean(terms.base.values.map((value, i) => value + (terms.corrections.values[i] ?? 0))),
    bias: sum(left.values) / left.values.length,
    varianceOfBias: varianceOfMean(left.values),
    slack,
  };
}

/** Bernstein's inequality for the bias, at 95 %. */
function biasSlack(importance: Float64Array): number {
  const tail = Math.log(2 / 0.05) / importance.length;
  const squares = sum(importance.map((weight) => weight ** 2)) / importance.length;
  return Math.sqrt(2 * squares * tail) + (2 / 3) * Math.max(...importance) * tail;
}

function varianceOfMean(values: Float64Array): number {
  const mean = sum(values) / values.length;
  return sum(values.map((value) => (value - mean) ** 2)) / values.length ** 2;
}

/** The figures in docs/learning/off-policy-evaluation.md. */
describe.each([
  [
    "τ of Switch-DR",
    switchedWeight,
    {
      dm: ["0.99", "70.31"],
      dr: ["1.00", "1.00"],
      used: ["0.87", "1.34"],
      corrected: ["0.88", "2.00"],
      bounded: ["1.00", "1.00"],
      best: ["0.30", "1.00"],
    },
  ],
  [
    "λ of DRos",
    shrunkWeight,
    {
      dm: ["0.99", "70.31"],
      dr: ["1.00", "1.00"],
      used: ["0.79", "1.29"],
      corrected: ["0.82", "2.08"],
      bounded: ["1.00", "1.00"],
      best: ["0.27", "1.00"],
    },
  ],
] as const)("%s by the least estimated error, over logs whose value is known", (_, weightOf, documented) => {
  let errors: readonly Errors[];
  beforeAll(() => {
    errors = PROBLEMS.map((problem) => errorsOf(problem, weightOf));
  });
  const typical = (rule: keyof Errors) =>
    Math.exp(errors.reduce((total, of) => total + Math.log(of[rule]), 0) / errors.length);
  const worst = (rule: keyof Errors) => Math.max(...errors.map((of) => of[rule]));

  it("is better than DR, and on no problem half as bad again", () => {
    expect(typical("used")).toBeLessThan(0.9);
    expect(worst("used")).toBeLessThan(1.5);
  });

  it("risks less than with the bias's own variance taken off, and unlike its upper bound is more than DR", () => {
    expect(worst("used")).toBeLessThan(worst("corrected"));
    for (const { bounded } of errors) expect(bounded).toBeCloseTo(1, 1);
  });

  it("comes to the figures that the docs give", () => {
    const figures = RULES.map((rule) => [rule, [typical(rule).toFixed(2), worst(rule).toFixed(2)]]);
    expect(Object.fromEntries(figures)).toEqual(documented);
  });
});
