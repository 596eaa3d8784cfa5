import type { LoggedRounds, ModelledRounds } from "./logged-rounds.js";

/** Why nothing can be estimated. */
export interface OffPolicyRefusal {
  readonly ok: false;
  readonly reason:
    | "no-rounds"
    | "lengths-differ"
    | "not-a-number"
    | "out-of-range"
    | "no-overlap"
    | "no-reward-model";
  readonly message: string;
  readonly field: keyof ModelledRounds | "parameter";
  /** Of the first round that is wrong, from 0; absent where no single one is. */
  readonly row?: number;
}

const finite = { allowed: "a finite number", fits: (value: number) => Number.isFinite(value) };

const FIELDS: Readonly<
  Record<keyof ModelledRounds, { readonly allowed: string; readonly fits: (value: number) => boolean }>
> = {
  rewards: finite,
  propensities: { allowed: "in (0, 1]", fits: (value) => value > 0 && value <= 1 },
  probabilities: { allowed: "in [0, 1]", fits: (value) => value >= 0 && value <= 1 },
  estimates: finite,
  expectations: finite,
};

/** The first thing wrong with a log, or undefined. */
export function roundsProblem(rounds: LoggedRounds | ModelledRounds): OffPolicyRefusal | undefined {
  const count = rounds.rewards.length;
  if (count === 0) {
    return { ok: false, reason: "no-rounds", message: "the log has no rounds", field: "rewards" };
  }
  const fields: readonly (readonly [keyof ModelledRounds, Float64Array])[] = [
    ["rewards", rounds.rewards],
    ["propensities", rounds.propensities],
    ["probabilities", rounds.probabilities],
    ...("estimates" in rounds
      ? ([
          ["estimates", rounds.estimates],
          ["expectations", rounds.expectations],
        ] as const)
      : []),
  ];
  for (const [field, values] of fields) {
    if (values.length !== count) {
      const message = `${field} has ${values.length} rounds, rewards has ${count}`;
      return { ok: false, reason: "lengths-differ", message, field };
    }
    const { allowed, fits } = FIELDS[field];
    const row = values.findIndex((value) => !fits(value));
    if (row < 0) continue;
    const value = values[row] ?? Number.NaN;
    const reason = Number.isFinite(value) ? "out-of-range" : "not-a-number";
    return { ok: false, reason, message: `${field}, row ${row}: ${value} is not ${allowed}`, field, row };
  }
  return undefined;
}
