import type { Random } from "@tacit/shared";
import {
  appeal,
  drawTastes,
  examine,
  type FilmStatistics,
  filmStatistics,
  stars,
  type Tastes,
  utility,
} from "./choice-model.js";
import { type Film, readFilms } from "./films.js";
import { type LoggingPolicy, mixedPolicy } from "./logging-policy.js";

const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const SECOND = 1000;
/** Films that are shown at once. */
export const SLATE_LENGTH = 8;
/** The logging policy: 0.3 uniform, else softmax over 0.4 standardised log votes. */
const LOGGING_EPSILON = 0.3;
const LOGGING_TEMPER = 0.4;
const RATED = 0.5;

/** The films, and the policy that showed them. */
export interface FilmWorld {
  readonly films: readonly Film[];
  readonly statistics: FilmStatistics;
  readonly policy: LoggingPolicy;
}

export function filmWorld(): FilmWorld {
  const films = readFilms();
  const statistics = filmStatistics(films);
  const weights = statistics.popularity.map((popularity) => Math.exp(LOGGING_TEMPER * popularity));
  return { films, statistics, policy: mixedPolicy(weights, LOGGING_EPSILON) };
}

/** How much of a person's weeks is logged. */
export interface Habits {
  readonly slates: number;
  readonly slatesASession: number;
  /** Fewer leave nothing to learn from and nothing to hold out. */
  readonly fewestClicks: number;
}

/** One thing that happened, with films as rows of the catalogue and slates by number. */
export interface FilmEvent {
  readonly row: number;
  readonly kind: "impression" | "click" | "rating";
  /** Milliseconds since the epoch, whole seconds. */
  readonly at: number;
  readonly slate: number;
  readonly position: number;
  readonly propensity?: number;
  readonly value?: number;
}

/** A person's log: what may be learned from, oldest first, and the later click that is held out. */
export interface FilmLog {
  readonly tastes: Tastes;
  readonly history: readonly FilmEvent[];
  readonly heldOut: FilmEvent;
}

/** One person's weeks before the logging policy; undefined where too little was clicked. */
export function watchFilms(world: FilmWorld, habits: Habits, random: Random): FilmLog | undefined {
  const { films, statistics, policy } = world;
  const { slates, slatesASession, fewestClicks } = habits;
  const tastes = drawTastes(statistics, random);
  const log: FilmEvent[] = [];
  let clicks = 0;
  for (let slate = 0; slate < slates; slate++) {
    const day = Math.floor(slate / slatesASession) * 3;
    const shownAt =
      FIRST_DAY + day * DAY + (slate % slatesASession) * 600 * SECOND + random.integer(300) * SECOND;
    const places = policy.slate(SLATE_LENGTH, random);
    for (let position = 0; position < places.length; position++) {
      const place = places[position];
      const film = films[place?.index ?? -1];
      if (!place || !film) continue;
      const { index: row, propensity } = place;
      log.push({ kind: "impression", row, at: shownAt, slate, position, propensity });
      const liking = utility(tastes, film, row, statistics);
      if (random.uniform() >= examine(position) * appeal(liking)) continue;
      const at = shownAt + (position + 1) * 20 * SECOND;
      clicks++;
      log.push({ kind: "click", row, at, slate, position });
      if (random.uniform() < RATED) {
        const value = stars(liking, random);
        log.push({ kind: "rating", row, at: at + 10 * SECOND, slate, position, value });
      }
    }
  }
  log.sort((a, b) => a.at - b.at);
  const heldOut = clicks >= fewestClicks ? log.findLast(({ kind }) => kind === "click") : undefined;
  if (!heldOut) return undefined;
  return { tastes, heldOut, history: log.filter(({ at, row }) => at < heldOut.at && row !== heldOut.row) };
}
