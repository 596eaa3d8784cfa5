import { type FilmWorld, type Habits, watchFilms } from "../../environments/film-log.js";
import { coinsOf, PURPOSE } from "../coins.js";
import { ColumnsWriter } from "./columns-writer.js";
import type { HistoryColumns } from "./history-columns.js";

/** About so many interactions come of one slate, less those after the held-out click. */
const INTERACTIONS_A_SLATE = 8;
const MANY_SLATES = 6;
export const FEWEST_INTERACTIONS = INTERACTIONS_A_SLATE;

/** The full environment's. */
export const DEFAULT_INTERACTIONS = 160;

export interface FilmPeople {
  readonly seed: number;
  /** The mean of the histories' lengths, about. */
  readonly interactions: number;
}

/**
 * People of the film population's choice model, from number `first` on, straight into columns. Person i depends on the
 * seed and i only, so that any part of a population can be made anywhere.
 */
export function columnsOfFilms(
  world: FilmWorld,
  { seed, interactions }: FilmPeople,
  first: number,
  count: number,
): HistoryColumns {
  const writer = new ColumnsWriter();
  const mean = interactions / INTERACTIONS_A_SLATE;
  for (let person = first; person < first + count; person++) {
    const random = coinsOf(seed, PURPOSE.people, 0, person);
    const slates = Math.floor(mean) + (random.uniform() < mean % 1 ? 1 : 0);
    const habits: Habits = { slates, slatesASession: 2, fewestClicks: slates < MANY_SLATES ? 2 : 3 };
    let log = watchFilms(world, habits, random);
    while (!log) log = watchFilms(world, habits, random);
    for (const event of log.history) writer.append(event);
    writer.append(log.heldOut);
    writer.endClient();
  }
  return writer.finish(first);
}
