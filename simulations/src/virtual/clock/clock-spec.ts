import type { Availability } from "./availability.js";

/** How virtual time passes. */
export interface ClockSpec {
  readonly availability: Availability;
  /** Probability that a client of a cohort drops out before its update is in the sum. */
  readonly dropout: number;
  /** Deviation of the devices' slowness, in logarithm. */
  readonly spread: number;
  /** So many are invited for each place in a cohort, at least 1. */
  readonly overSelection: number;
  /** How long a round waits for updates before it goes on with those there are. */
  readonly deadlineSeconds: number;
  /** Rounds begin at least so far apart. */
  readonly roundEverySeconds: number;
}
