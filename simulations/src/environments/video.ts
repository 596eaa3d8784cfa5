import { type Item, type Random, seededRandom } from "@tacit/shared";
import { FED_SGD } from "../task-defaults/fed-sgd.js";
import type { LiveEnvironment, Person, Visit } from "./live-environment.js";
import { Boredom } from "./users/boredom.js";
import { entry } from "./users/entry.js";
import { Loyalty } from "./users/leaving-and-returning.js";
import { livePerson, rowsById } from "./users/live-person.js";
import { logistic } from "./users/logistic.js";
import { choiceProbabilities, drawChoice } from "./users/multinomial-logit.js";
import { examination } from "./users/position-bias.js";
import { drawTastes } from "./users/tastes.js";

const GENRES = ["comedy", "gaming", "music", "science", "cooking", "sport"];
const CLIPS = 48;
const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
const MINUTE = 60_000;
const WORTH = { dwell: 1, like: 0.5 };
/** Deviation of a step that each taste takes between visits. */
const DRIFT = 0.1;

interface Clip {
  readonly genre: number;
  /** What a title promises, from 0 to 1. */
  readonly lure: number;
  /** What the clip keeps of it, from 0 to 1. */
  readonly depth: number;
}

const clips = drawClips(seededRandom(14));
const items = clips.map(
  ({ genre, lure, depth }, i): Item => ({ id: `clip-${i}`, features: { genre: GENRES[genre], lure, depth } }),
);
const rows = rowsById(items);

/**
 * Short videos. At most one of a slate is started, by a multinomial logit (users/):
 *
 *   u(i) = taste(genre) + lure − boredom(genre)    u₀ = 0.5
 *
 * and watched for a share of a minute with the mean m = σ(taste(genre) + 3 (depth − ½) − boredom(genre)); it is liked with
 * probability m². Tastes drift as random walks, Koren 2009, "Collaborative filtering with temporal dynamics". What was
 * watched, not what was started, makes satisfaction, and that governs returning: clips that only lure cost visits later.
 * Zou et al. 2019, arXiv 1902.05570; Besbes, Gur, Zeevi 2016, "Optimization in online content recommendation services", §3.
 */
export const video: LiveEnvironment = {
  name: "video",
  features: [
    { name: "genre", kind: "categorical", values: GENRES, buckets: 0 },
    { name: "lure", kind: "numeric", minimum: 0, maximum: 1, scale: "linear" },
    { name: "depth", kind: "numeric", minimum: 0, maximum: 1, scale: "linear" },
  ],
  items,
  rewardMeaning: "1 a minute of watching, 0.5 a like",
  metrics: ["satisfaction", "returns", "retention"],
  slateLength: 3,
  mostInteractions: 3 + 2,
  task: {
    model: { embedding: 8, hidden: 8, historyLength: 10, halfLifeDays: 10 },
    learning: {
      ...FED_SGD.learning,
      candidates: 15,
      objective: { kind: "q-learning", penalty: 0 },
      minimumInteractions: 1,
    },
    reward: { weights: WORTH, discount: 0, sessionGapMinutes: 60 },
    exploration: { kind: "epsilon-greedy", epsilon: 0.05 },
    clip: 1,
    aggregation: FED_SGD.aggregation,
  },
  person: viewer,
};

function viewer(traits: Random, coins: Random): Person {
  const tastes = drawTastes(GENRES.length, { favourite: 2.5, second: 1.5, other: -1.5, noise: 0.3 }, traits);
  const boredom = new Boredom(GENRES.length, 0.5, 0.5);
  const loyalty = new Loyalty({ memory: 0.3, patience: 1.5, attachment: 4, days: 2, eagerness: 1 }, coins);
  const watching = (row: number) => {
    const { genre, depth } = entry(clips, row);
    return logistic((tastes[genre] ?? 0) + 3 * (depth - 0.5) - boredom.of(genre));
  };
  const starts = (slate: readonly number[]) => {
    const utilities = slate.map((row) => {
      const { genre, lure } = entry(clips, row);
      return (tastes[genre] ?? 0) + lure - boredom.of(genre);
    });
    return choiceProbabilities(utilities, 0.5, (place) => examination(place, 0.5));
  };
  return livePerson(rows, {
    first: { at: START + traits.integer(DAY), since: [] },
    answer(slate, _visit, log) {
      const place = drawChoice(starts(slate), coins);
      const row = place === undefined ? undefined : slate[place];
      if (place !== undefined && row !== undefined) {
        const mean = watching(row);
        const share = coins.uniform() ** ((1 - mean) / mean);
        log.add("dwell", place, 65, 60 * share);
        if (coins.uniform() < mean * mean) log.add("like", place, 70);
        loyalty.feel(share);
        boredom.consumed(entry(clips, row).genre);
      } else {
        loyalty.feel(0);
        boredom.consumed(undefined);
      }
    },
    next({ at }): Visit | undefined {
      for (const [genre, taste] of tastes.entries()) tastes[genre] = taste + DRIFT * traits.normal();
      // Most visits go on with another slate.
      if (coins.uniform() < 0.6) return { at: at + 5 * MINUTE, since: [] };
      const gap = loyalty.gap(DAY / 8);
      return gap === undefined ? undefined : { at: at + gap, since: [] };
    },
    expectedReward: (slate) =>
      starts(slate).reduce((sum, probability, place) => {
        const mean = watching(slate[place] ?? 0);
        return sum + probability * (WORTH.dwell * mean + WORTH.like * mean * mean);
      }, 0),
  });
}

function drawClips(random: Random): Clip[] {
  return Array.from({ length: CLIPS }, (_, i) => ({
    genre: i % GENRES.length,
    lure: random.uniform(),
    depth: random.uniform(),
  }));
}
