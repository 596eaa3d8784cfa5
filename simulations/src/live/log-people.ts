import { createCatalogue, seededRandom } from "@tacit/shared";
import type { LiveEnvironment } from "../environments/live-environment.js";
import { uniformPolicy } from "./arms/random-arm.js";
import { begin, type Life } from "./lives.js";
import { play } from "./play.js";

export interface LogOptions {
  readonly environment: LiveEnvironment;
  readonly clients: number;
  /** Visits of each. */
  readonly logged: number;
  readonly seed: number;
}

/** A population at the point from which arms take it on. */
export interface LoggedPeople extends LogOptions {
  /** By the number of the person. */
  readonly lives: readonly Life[];
}

/** The first visits of everybody, by uniform slates. */
export function logPeople(options: LogOptions): LoggedPeople {
  const { environment, clients, logged, seed } = options;
  const { features, items, slateLength } = environment;
  const lives = Array.from({ length: clients }, (_, index) => begin(environment, seed, index));
  play(lives, {
    policy: uniformPolicy({ kind: "epsilon-greedy", epsilon: 1 }, seededRandom(seed)),
    catalogue: createCatalogue(features, items),
    slateLength,
    visits: logged,
    seed,
  });
  return { ...options, lives };
}
