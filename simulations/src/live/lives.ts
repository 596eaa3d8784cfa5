import type { Interaction } from "@tacit/shared";
import type { LiveEnvironment, Person, Shown } from "../environments/live-environment.js";
import { coinsOf, PURPOSE } from "../virtual/coins.js";

/** One person of a population, and all that has happened to them. */
export interface Life {
  readonly index: number;
  readonly person: Person;
  /** Oldest first. */
  readonly history: Interaction[];
  /** One a visit. */
  readonly slates: Shown[];
}

/** Somebody before their first visit. The same seed and index give the same person. */
export const begin = (environment: LiveEnvironment, seed: number, index: number): Life => ({
  index,
  person: environment.person(
    coinsOf(seed, PURPOSE.people, 0, index),
    coinsOf(seed, PURPOSE.answers, 0, index),
  ),
  history: [],
  slates: [],
});

/** The same person once more, at the same point of the same life, to go on differently. */
export function relive(environment: LiveEnvironment, seed: number, life: Life): Life {
  const again = begin(environment, seed, life.index);
  for (const shown of life.slates) show(again, shown);
  return again;
}

/** Shows a slate to somebody who is there, and records what happens. */
export function show(life: Life, shown: Shown): void {
  const since = life.person.visit()?.since ?? [];
  life.history.push(...since, ...life.person.respond(shown));
  life.slates.push(shown);
}
