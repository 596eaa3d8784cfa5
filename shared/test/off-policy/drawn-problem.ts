import type { ModelledRounds } from "../../src/off-policy/logged-rounds.js";
import { type Random, seededRandom } from "../../src/random/random.js";

const CONTEXTS = 5;
const ACTIONS = 20;

/** What a reward model may be: near the truth, blind to contexts, one mean for all, or twice the truth. */
export const MODELS = ["near", "items", "mean", "double"] as const;

type Table = readonly (readonly number[])[];

/** Clicks of a few contexts on a few actions, with the value of a policy that prefers what is clicked. */
export interface DrawnProblem {
  readonly value: number;
  log(rounds: number, seed: number): ModelledRounds;
}

/** @param clicks The rate of a middling action. */
export function drawProblem(
  seed: number,
  { model, clicks }: { readonly model: (typeof MODELS)[number]; readonly clicks: number },
): DrawnProblem {
  const random = seededRandom(seed);
  const item = numbers(ACTIONS, () => 0.5 * random.normal());
  const chances = numbers(CONTEXTS, () => 0.3 * random.normal()).map((context) =>
    item.map((action) => Math.min(0.9, clicks * Math.exp(context + action + 0.4 * random.normal()))),
  );
  const logging = chances.map((row) => softmax(row.map(() => random.normal())));
  const policy = chances.map((row) => softmax(row.map((chance) => 2 * Math.log(chance))));
  const estimates = estimatesOf(model, chances, random);
  const expectations = policy.map((row, x) => dot(row, estimates[x] ?? []));
  return {
    value: mean(policy.map((row, x) => dot(row, chances[x] ?? []))),
    log(rounds, logSeed) {
      const drawn = seededRandom(logSeed);
      const context = numbers(rounds, () => drawn.integer(CONTEXTS));
      const action = context.map((x) => draw(logging[x] ?? [], drawn));
      const of = (table: Table) =>
        Float64Array.from(context, (x, round) => table[x]?.[action[round] ?? -1] ?? Number.NaN);
      return {
        rewards: of(chances).map((chance) => (drawn.uniform() < chance ? 1 : 0)),
        propensities: of(logging),
        probabilities: of(policy),
        estimates: of(estimates),
        expectations: Float64Array.from(context, (x) => expectations[x] ?? Number.NaN),
      };
    },
  };
}

function estimatesOf(model: (typeof MODELS)[number], chances: Table, random: Random): Table {
  if (model === "near") return map(chances, (chance) => chance * Math.exp(0.2 * random.normal()));
  if (model === "double") return map(chances, (chance) => 2 * chance);
  if (model === "mean") return map(chances, () => mean(chances.map(mean)));
  return chances.map((row) => row.map((_, a) => mean(chances.map((other) => other[a] ?? 0))));
}

const map = (table: Table, of: (value: number) => number) => table.map((row) => row.map(of));
const numbers = (count: number, of: () => number) => Array.from({ length: count }, of);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const mean = (values: readonly number[]) => total(values) / values.length;
const dot = (a: readonly number[], b: readonly number[]) => total(a.map((value, i) => value * (b[i] ?? 0)));

function softmax(logits: readonly number[]): number[] {
  const shares = logits.map(Math.exp);
  return shares.map((share) => share / total(shares));
}

function draw(distribution: readonly number[], random: Random): number {
  let left = random.uniform();
  const drawn = distribution.findIndex((probability) => {
    left -= probability;
    return left < 0;
  });
  return drawn < 0 ? distribution.length - 1 : drawn;
}
