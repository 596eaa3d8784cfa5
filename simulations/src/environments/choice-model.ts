import type { Random } from "@tacit/shared";
import type { Film } from "./films.js";
import { examination } from "./users/position-bias.js";

/**
 * The user-choice model of the default population. A person u looks at the film in place k with probability
 *
 *   examine(k) = (1 + k)^−0.6                                        (position bias)
 *
 * and, having looked, clicks with probability σ(U(u, i) − 4.5), where
 *
 *   U(u, i) = taste_u(genre) + taste_u(creative type) + taste_u(era) + taste_u(source)
 *           + 0.5 · popularity(i) + quality_u · quality(i) + ε(u, i).
 *
 * popularity is the standardised log of the film's votes and quality its standardised IMDB rating. Tastes are a person's own: two
 * or three favourite genres (+3), three disliked ones (−2), a favourite and a disliked creative type (±1.5), a
 * favourite era (+1.5) and source (+1). quality_u is uniform in [0, 0.8]; ε(u, i) is normal with deviation 0.5, fixed for the pair and
 * explained by no feature. A clicked film is rated in half of the cases, 1 to 5 stars, by U with normal noise.
 */
export interface Tastes {
  readonly genre: ReadonlyMap<string, number>;
  readonly creativeType: ReadonlyMap<string, number>;
  readonly era: ReadonlyMap<string, number>;
  readonly source: ReadonlyMap<string, number>;
  readonly quality: number;
  /** Seeds ε(u, i). */
  readonly seed: number;
}

const POPULARITY_WEIGHT = 0.5;
const THRESHOLD = 4.5;
const UNEXPLAINED = 0.5;

/** Probability that the film in place `position` (from 0) is looked at. */
export const examine = (position: number): number => examination(position, 0.6);

/** Facts of the catalogue that utilities need, computed once. */
export interface FilmStatistics {
  readonly popularity: Float64Array;
  readonly quality: Float64Array;
  readonly genres: readonly string[];
  readonly creativeTypes: readonly string[];
  readonly eras: readonly string[];
  readonly sources: readonly string[];
}

export function filmStatistics(films: readonly Film[]): FilmStatistics {
  return {
    popularity: standardised(films.map(({ votes }) => (votes === null ? null : Math.log1p(votes)))),
    quality: standardised(films.map(({ imdb }) => imdb)),
    genres: occurrences(films.map(({ genre }) => genre)),
    creativeTypes: occurrences(films.map(({ creativeType }) => creativeType)),
    eras: occurrences(films.map(({ era }) => era)),
    sources: occurrences(films.map(({ source }) => source)),
  };
}

/** What one person likes. Favourites are drawn by how common they are in the catalogue. */
export function drawTastes(statistics: FilmStatistics, random: Random): Tastes {
  const favourites = 2 + random.integer(2);
  const genres = draw(statistics.genres, favourites + 3, random);
  const types = draw(statistics.creativeTypes, 2, random);
  return {
    genre: new Map(genres.map((genre, i) => [genre, i < favourites ? 3 : -2])),
    creativeType: new Map(types.map((type, i) => [type, i === 0 ? 1.5 : -1.5])),
    era: new Map(draw(statistics.eras, 1, random).map((name) => [name, 1.5])),
    source: new Map(draw(statistics.sources, 1, random).map((name) => [name, 1])),
    quality: 0.8 * random.uniform(),
    seed: random.integer(4_294_967_296),
  };
}

/** U(u, i) for the film in row `index`. */
export function utility(tastes: Tastes, film: Film, index: number, statistics: FilmStatistics): number {
  const taste = (map: ReadonlyMap<string, number>, value: string | null) =>
    value === null ? 0 : (map.get(value) ?? 0);
  return (
    taste(tastes.genre, film.genre) +
    taste(tastes.creativeType, film.creativeType) +
    taste(tastes.era, film.era) +
    taste(tastes.source, film.source) +
    POPULARITY_WEIGHT * (statistics.popularity[index] ?? 0) +
    tastes.quality * (statistics.quality[index] ?? 0) +
    UNEXPLAINED * pairNormal(tastes.seed, index)
  );
}

/** Probability of a click on a film that is looked at. */
export const appeal = (utility: number): number => 1 / (1 + Math.exp(THRESHOLD - utility));

/** Stars for a film of this utility; 3 is a film one might as well not have seen. */
export function stars(utility: number, random: Random): number {
  return Math.max(1, Math.min(5, Math.round(3.5 + 0.6 * (utility - THRESHOLD) + 0.7 * random.normal())));
}

/** A standard normal that depends on the pair alone (murmur3's finaliser, then the sum of twelve uniforms' bytes). */
function pairNormal(seed: number, index: number): number {
  let sum = 0;
  for (let word = 0; word < 3; word++) {
    let hash = (seed ^ Math.imul(index * 3 + word + 1, 0x9e3779b1)) | 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
    sum += (hash & 255) + ((hash >>> 8) & 255) + ((hash >>> 16) & 255) + ((hash >>> 24) & 255);
  }
  return sum / 255 - 6;
}

/** Zero mean and unit deviation; a missing value counts as a low one. */
function standardised(values: readonly (number | null)[]): Float64Array {
  const known = values.filter((value) => value !== null);
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  return Float64Array.from(values, (value) => (value === null ? -1 : (value - mean) / deviation));
}

/** Every value as often as it occurs, so that a uniform draw is a draw by frequency. */
const occurrences = (values: readonly (string | null)[]): string[] =>
  values.filter((value) => value !== null);

function draw(values: readonly string[], count: number, random: Random): string[] {
  const drawn = new Set<string>();
  while (drawn.size < count) {
    const value = values[random.integer(values.length)];
    if (value !== undefined) drawn.add(value);
  }
  return [...drawn];
}
