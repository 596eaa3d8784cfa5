import type { PrivacyEvent, RepeatedEvent } from "./privacy-event.js";

/**
 * Adds up what events reveal about one client. Every reading is an upper bound; undefined where this accountant has no
 * bound for one of the events.
 */
export interface Accountant {
  readonly name: "rdp" | "zcdp" | "pld" | "exact";
  /** The least epsilon known for `delta`, in (0, 1). */
  epsilon(events: readonly RepeatedEvent[], delta: number): number | undefined;
  /** The least delta known for `epsilon`, at least 0. */
  delta(events: readonly RepeatedEvent[], epsilon: number): number | undefined;
}

export interface PrivacyBudget {
  readonly epsilon: number;
  readonly delta: number;
}

const MOST_COMPOSITIONS = 2 ** 40;
const MOST_NOISE = 1e6;
const LEAST_NOISE = 1e-3;

/** How often `event` may be used within a budget; 0 when not even once. */
export function mostCompositions(accountant: Accountant, event: PrivacyEvent, budget: PrivacyBudget): number {
  const fits = (compositions: number) =>
    isWithin(accountant, [{ event, compositions }], budget) ? compositions : undefined;
  let [most, tooMany] = [0, 1];
  while (tooMany < MOST_COMPOSITIONS && fits(tooMany) !== undefined) {
    most = tooMany;
    tooMany *= 2;
  }
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(middle) === undefined) tooMany = middle;
    else most = middle;
  }
  return most;
}

/** The least noise, to 1e-6 relative, whose events stay within a budget; undefined where none up to 1e6 does. */
export function leastNoise(
  accountant: Accountant,
  eventsOf: (noise: number) => readonly RepeatedEvent[],
  budget: PrivacyBudget,
): number | undefined {
  const fits = (noise: number) => isWithin(accountant, eventsOf(noise), budget);
  let high = 1;
  // Outwards from 1: integer mechanisms hold tables as long as their noise is wide.
  for (; !fits(high); high *= 2) if (high > MOST_NOISE) return undefined;
  let low = high / 2;
  for (; low > LEAST_NOISE && fits(low); low /= 2) high = low;
  while (high / low > 1 + 1e-6) {
    const middle = Math.sqrt(low * high);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const isWithin = (accountant: Accountant, events: readonly RepeatedEvent[], budget: PrivacyBudget) =>
  (accountant.epsilon(events, budget.delta) ?? Number.POSITIVE_INFINITY) <= budget.epsilon;
