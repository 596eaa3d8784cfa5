import { coinsOf, PURPOSE } from "../coins.js";

/** Where fewer than one in so many fits, the draw is given up, soon after it began. */
const RAREST = 50;
const FIRST_TRIES = 1000;

/**
 * `wanted` distinct clients among those that `fits` accepts, every set being equally likely; fewer where they cannot be
 * found. Rejection sampling: at any size of the population the cost is that of the cohort, over the share that fits. Where a
 * large part of everybody is wanted, all are looked at.
 * @param draw number of this draw in the run.
 */
export function drawCohort(
  seed: number,
  draw: number,
  population: number,
  wanted: number,
  fits: (client: number) => boolean,
): number[] {
  const random = coinsOf(seed, PURPOSE.cohort, draw, 0);
  const drawn: number[] = [];
  if (4 * wanted >= population) {
    const all = Array.from({ length: population }, (_, client) => client);
    for (let left = population; left > 0 && drawn.length < wanted; left--) {
      const place = random.integer(left);
      const client = all[place] ?? 0;
      all[place] = all[left - 1] ?? 0;
      if (fits(client)) drawn.push(client);
    }
    return drawn;
  }
  const seen = new Set<number>();
  for (let tries = 0; drawn.length < wanted && tries < FIRST_TRIES + RAREST * drawn.length; tries++) {
    const client = random.integer(population);
    if (seen.has(client)) continue;
    seen.add(client);
    if (fits(client)) drawn.push(client);
  }
  return drawn;
}
