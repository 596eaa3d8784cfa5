import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ModelledRounds } from "../../src/off-policy/logged-rounds.js";
import {
  OFF_POLICY_ESTIMATORS,
  type OffPolicyOptions,
  offPolicyEstimate,
} from "../../src/off-policy/off-policy-estimate.js";

/** Of contexts, places and actions. */
type Table = readonly (readonly (readonly number[])[])[];

/** What `open-bandit-pipeline/estimates.py` drew, and what versions of the pipeline estimate on it. */
interface Fixture {
  readonly policy: Table;
  readonly estimates: Table;
  readonly rounds: Readonly<
    Record<"context" | "position" | "action" | "reward" | "propensity", readonly number[]>
  >;
  readonly obp: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const file = new URL("open-bandit-pipeline/estimates.json", import.meta.url);
const { policy, estimates, rounds, obp }: Fixture = JSON.parse(readFileSync(file, "utf8"));

const rowOf = (table: Table, round: number): readonly number[] =>
  table[rounds.context[round] ?? -1]?.[rounds.position[round] ?? -1] ?? [];
const ofAction = (table: Table) =>
  Float64Array.from(rounds.action, (action, round) => rowOf(table, round)[action] ?? Number.NaN);

const log: ModelledRounds = {
  rewards: Float64Array.from(rounds.reward),
  propensities: Float64Array.from(rounds.propensity),
  probabilities: ofAction(policy),
  estimates: ofAction(estimates),
  expectations: Float64Array.from(rounds.action, (_, round) => {
    const expected = rowOf(estimates, round);
    return rowOf(policy, round).reduce((sum, probability, a) => sum + probability * (expected[a] ?? 0), 0);
  }),
};

/** "dros 2", or "dros tuned". */
function optionsOf(named: string): OffPolicyOptions {
  const [name, parameter] = named.split(" ");
  if (parameter === undefined || parameter === "tuned") return {};
  return name === "dros" ? { shrinkage: Number(parameter) } : { threshold: Number(parameter) };
}

describe.each(Object.entries(obp))("the Open Bandit Pipeline %s estimates the same", (_, expected) => {
  it.each(Object.entries(expected))("%s", (named, value) => {
    const estimator = OFF_POLICY_ESTIMATORS.find((name) => name === named.split(" ")[0]);
    if (!estimator) throw new Error(`no estimator ${named}`);
    const estimate = offPolicyEstimate(estimator, log, optionsOf(named));
    if (!estimate.ok) throw new Error(estimate.message);
    expect(Math.abs(estimate.value - value)).toBeLessThan(1e-12);
  });

  it("by every estimator", () => {
    const names = new Set(Object.keys(expected).map((named) => named.split(" ")[0]));
    expect(names).toEqual(new Set(OFF_POLICY_ESTIMATORS));
  });
});
