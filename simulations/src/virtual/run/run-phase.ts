import type { Spent } from "../round/stopwatch.js";

/**
 * What a run's own thread does: makes the population, plays the clock, waits for the clients, adds the cohort's noise, runs
 * the protocol, opens sums, looks at the model, writes checkpoints.
 */
export type RunPhase =
  | "population"
  | "clock"
  | "clients"
  | "noise"
  | "protocol"
  | "opening"
  | "evaluation"
  | "checkpoint";

export const noRunTime = (): Spent<RunPhase> => ({
  population: 0,
  clock: 0,
  clients: 0,
  noise: 0,
  protocol: 0,
  opening: 0,
  evaluation: 0,
  checkpoint: 0,
});
