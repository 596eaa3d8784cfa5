import { type FeatureSpec, type Item, type Random, seededRandom } from "@tacit/shared";
import { FED_SGD } from "../task-defaults/fed-sgd.js";
import type { LiveEnvironment, Person, Visit } from "./live-environment.js";
import { cascadeProbabilities } from "./users/cascade.js";
import { entry } from "./users/entry.js";
import { Loyalty } from "./users/leaving-and-returning.js";
import { livePerson, rowsById } from "./users/live-person.js";
import { logistic } from "./users/logistic.js";
import { drawChoice } from "./users/multinomial-logit.js";
import { drawTastes } from "./users/tastes.js";

const TOPICS = ["politics", "economy", "sports", "culture", "science"];
const TIMES = ["night", "morning", "afternoon", "evening"];
/** By time of the day and topic: what the hour adds to the interest. */
const HABITS = [
  [-0.6, -0.8, 0.4, 0.8, 0.4],
  [0.8, 0.8, -0.4, -0.6, 0],
  [0.2, 0.6, 0, -0.4, 0.2],
  [-0.2, -0.6, 0.8, 0.6, 0],
];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5);
/** An edition comes twice a day and stays for two days; after four days the first stands for the next one like it. */
const EDITION = 12 * HOUR;
const EDITIONS = 8;
const ON_SALE = 4;
const STORIES = 8;
const WORTH = { click: 0.5, dwell: 1 };

interface Story {
  readonly edition: number;
  readonly topic: number;
  readonly breaking: boolean;
  /** How well it is written, from 0 to 1; no feature tells. */
  readonly craft: number;
}

const stories = drawStories(seededRandom(12));
const items = stories.map(
  ({ edition, topic, breaking }, i): Item => ({
    id: `story-${i}`,
    features: {
      topic: TOPICS[topic],
      ...onDial("published", edition * EDITION),
      standing: breaking ? "breaking" : "regular",
    },
  }),
);
const rows = rowsById(items);

/**
 * A newspaper. Headlines are read from the top, and the first that attracts is opened (cascade, users/cascade.ts):
 *
 *   a(i) = σ(taste(topic) + habit(hour, topic) + news(i) − 2)   news(i) = 2.5 · exp(−age / 12 h)
 *
 * where breaking stories have news(i) = 4 · exp(−age / 6 h): attention to news decays about exponentially with a half-life of
 * hours, Wu & Huberman 2007, arXiv 0704.1158. What is opened is read for a share of a minute with the mean
 * σ(taste(topic) + 2 (craft − ½)), and the craft shows in nothing but who read it so far.
 *
 * Times are told as places on a dial that goes round with the editions, so that a product of the hour's and the story's is a
 * function of the age.
 */
export const news: LiveEnvironment = {
  name: "news",
  features: [
    { name: "topic", kind: "categorical", values: TOPICS, buckets: 0 },
    ...dial("published"),
    { name: "standing", kind: "categorical", values: ["breaking", "regular"], buckets: 0 },
    { name: "story", kind: "id", buckets: 2 * EDITIONS * STORIES, hashes: 2 },
  ],
  items,
  context: [{ name: "time", kind: "categorical", values: TIMES, buckets: 0 }, ...dial("now")],
  rewardMeaning: "0.5 a story that is opened, and 1 a minute of reading it",
  metrics: ["ctr", "satisfaction", "returns", "retention"],
  slateLength: 3,
  mostInteractions: 3 + 2,
  task: {
    model: { embedding: 8, hidden: 8, historyLength: 10, halfLifeDays: 2 },
    learning: {
      ...FED_SGD.learning,
      candidates: 31,
      objective: { kind: "q-learning", penalty: 0 },
      minimumInteractions: 1,
    },
    reward: { weights: WORTH, discount: 0, sessionGapMinutes: 60 },
    exploration: { kind: "epsilon-greedy", epsilon: 0.05 },
    clip: 1,
    aggregation: FED_SGD.aggregation,
  },
  person: reader,
};

function reader(traits: Random, coins: Random): Person {
  const tastes = drawTastes(TOPICS.length, { favourite: 1.8, second: 0.9, other: -1.2, noise: 0.3 }, traits);
  const loyalty = new Loyalty({ memory: 0.3, patience: 1.5, attachment: 4, days: 0.8, eagerness: 1 }, coins);
  const attraction = (row: number, at: number) => {
    const { topic, breaking, edition } = entry(stories, row);
    const age = ((newestAt(at) - edition + EDITIONS) % EDITIONS) * EDITION + (at % EDITION);
    const worth = breaking ? 4 * Math.exp(-age / (6 * HOUR)) : 2.5 * Math.exp(-age / (12 * HOUR));
    return logistic((tastes[topic] ?? 0) + (HABITS[timeAt(at)]?.[topic] ?? 0) + worth - 2);
  };
  const readShare = (row: number) => {
    const { topic, craft } = entry(stories, row);
    return logistic((tastes[topic] ?? 0) + 2 * (craft - 0.5));
  };
  const opens = (slate: readonly number[], at: number) =>
    cascadeProbabilities(slate.map((row) => attraction(row, at)));
  return livePerson(rows, {
    first: visitAt(START + traits.integer(4 * DAY)),
    answer(slate, { at }, log) {
      const place = drawChoice(opens(slate, at), coins);
      const row = place === undefined ? undefined : slate[place];
      if (place === undefined || row === undefined) return loyalty.feel(0);
      const mean = readShare(row);
      const share = coins.uniform() ** ((1 - mean) / mean);
      log.add("click", place, 5);
      log.add("dwell", place, 70, 60 * share);
      loyalty.feel(0.4 + 0.6 * share);
    },
    next({ at }) {
      const gap = loyalty.gap(HOUR);
      return gap === undefined ? undefined : visitAt(at + gap);
    },
    expectedReward: (slate, { at }) =>
      opens(slate, at).reduce(
        (sum, probability, place) =>
          sum + probability * (WORTH.click + WORTH.dwell * readShare(slate[place] ?? 0)),
        0,
      ),
  });
}

function visitAt(at: number): Visit {
  const newest = newestAt(at);
  const candidates = items.flatMap(({ id }, row) =>
    (newest - entry(stories, row).edition + EDITIONS) % EDITIONS < ON_SALE ? [id] : [],
  );
  return { at, candidates, context: { time: TIMES[timeAt(at)], ...onDial("now", at - START) }, since: [] };
}

const newestAt = (at: number): number => Math.floor((at - START) / EDITION) % EDITIONS;
const timeAt = (at: number): number => Math.floor((at % DAY) / (6 * HOUR));

/** Columns for a time on the dial. */
function dial(name: string): FeatureSpec[] {
  return ["cos", "sin"].map((axis) => ({
    name: `${name} ${axis}`,
    kind: "numeric",
    minimum: -1,
    maximum: 1,
    scale: "linear",
  }));
}

function onDial(name: string, time: number): Record<string, number> {
  const angle = (2 * Math.PI * time) / (EDITIONS * EDITION);
  return { [`${name} cos`]: Math.cos(angle), [`${name} sin`]: Math.sin(angle) };
}

function drawStories(random: Random): Story[] {
  return Array.from({ length: EDITIONS * STORIES }, (_, i) => ({
    edition: Math.floor(i / STORIES),
    topic: random.integer(TOPICS.length),
    breaking: i % STORIES === 0,
    craft: random.uniform(),
  }));
}
