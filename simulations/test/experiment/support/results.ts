import { parseTask } from "@tacit/shared";
import type { ExperimentResult } from "../../../src/experiment/experiment-result.js";
import { summarise } from "../../../src/experiment/summary.js";
import type { Trial } from "../../../src/scenario/trial.js";

const parsed = parseTask({
  name: "table",
  catalogue: { features: [{ name: "year", kind: "numeric", minimum: 1900, maximum: 2000 }] },
});
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
export const { task } = parsed;

export const MOVIES = { kind: "movies", clients: 943, interactions: 40 } as const;

export const LIVE = {
  kind: "live",
  environment: "news",
  rewardMeaning: "a story that is opened",
  clients: 600,
  logged: 2,
  visits: 24,
  generations: 1,
} as const;

/** One that neither learned nor spent anything. */
export const trial = (arm: string, seed: number, rest: Partial<Trial> = {}): Trial => ({
  variation: "",
  arm,
  seed,
  metrics: { "hr@10": 0.5 },
  users: 10,
  course: [],
  privacy: null,
  modelHash: null,
  seconds: 1,
  ...rest,
});

/** A federation of some rounds with a budget, all of which it spends evenly; or without. */
export function federation(epsilon: number | null, seed: number, rest: Partial<Trial> = {}): Trial {
  const rounds = 4;
  const name = epsilon === null ? "federated, no privacy" : `federated, epsilon ${epsilon}`;
  return trial(name, seed, {
    course: Array.from({ length: rounds + 1 }, (_, round) => ({
      round,
      value: 0.1 * round,
      epsilon: epsilon === null ? null : (epsilon * round) / rounds,
      loss: null,
      shareClipped: null,
    })),
    privacy: epsilon === null ? null : spent(epsilon),
    ...rest,
  });
}

export const spent = (
  epsilon: number,
  rest: Partial<NonNullable<Trial["privacy"]>> = {},
): NonNullable<Trial["privacy"]> => ({
  releasesEpsilon: epsilon,
  coordinatorEpsilon: epsilon,
  delta: 1e-5,
  noiseMultiplier: 1,
  participations: 3,
  ...rest,
});

export const resultOf = (
  trials: readonly Trial[],
  rest: Partial<ExperimentResult> = {},
): ExperimentResult => ({
  program: "",
  command: "",
  population: MOVIES,
  users: 10,
  seeds: [...new Set(trials.map(({ seed }) => seed))],
  task,
  arms: summarise(trials),
  trials,
  ...rest,
});
