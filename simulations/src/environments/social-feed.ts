import { type Item, type Random, seededRandom } from "@tacit/shared";
import { FED_SGD } from "../task-defaults/fed-sgd.js";
import type { LiveEnvironment, Person, Visit } from "./live-environment.js";
import { entry } from "./users/entry.js";
import { Loyalty } from "./users/leaving-and-returning.js";
import { livePerson, rowsById } from "./users/live-person.js";
import { logistic } from "./users/logistic.js";
import { examination } from "./users/position-bias.js";
import { drawTastes } from "./users/tastes.js";

const TOPICS = ["friends", "humour", "music", "football", "travel", "cooking"];
const FORMATS = ["text", "photo", "clip"];
const AUTHORS = 12;
const POSTS = 48;
const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
/** A purchase stands for following whoever wrote the post: what binds most. */
const WORTH = { like: 1, share: 1, purchase: 2 };

interface Post {
  readonly topic: number;
  readonly format: number;
  readonly author: number;
  /** From 0 to 1; no feature tells. */
  readonly wit: number;
}

const posts = drawPosts(seededRandom(13));
const items = posts.map(
  ({ topic, format }, i): Item => ({
    id: `post-${i}`,
    features: { topic: TOPICS[topic], format: FORMATS[format] },
  }),
);
const rows = rowsById(items);

/**
 * A feed of posts. Each is looked at by its place (users/position-bias.ts), and what is looked at is liked by
 *
 *   P(like) = σ(taste(topic) + (format − 1) · pace + wit − ½ + 1[author followed] − 1)
 *
 * A post that is liked is shared with probability 0.3 σ(2 wit), and its author, if not yet, followed with 0.2. Events of one
 * post are independent of the others given who looks: the examination hypothesis, Richardson, Dominowska, Ragno 2007, §5.
 * Whoever liked nothing comes back later, or never.
 */
export const socialFeed: LiveEnvironment = {
  name: "social-feed",
  features: [
    { name: "topic", kind: "categorical", values: TOPICS, buckets: 0 },
    { name: "format", kind: "categorical", values: FORMATS, buckets: 0 },
  ],
  items,
  rewardMeaning: "1 a like, 1 a share, 2 a follow",
  metrics: ["returns", "retention"],
  slateLength: 4,
  mostInteractions: 4 + 4 * 3,
  task: {
    model: { embedding: 8, hidden: 8, historyLength: 10, halfLifeDays: 30 },
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
  person: follower,
};

function follower(traits: Random, coins: Random): Person {
  const tastes = drawTastes(TOPICS.length, { favourite: 2.5, second: 1.5, other: -2, noise: 0.3 }, traits);
  const pace = 0.5 * traits.normal();
  const followed = new Set<number>();
  const loyalty = new Loyalty({ memory: 0.3, patience: 2, attachment: 4, days: 1, eagerness: 1 }, coins);
  const liking = ({ topic, format, author, wit }: Post) =>
    logistic((tastes[topic] ?? 0) + (format - 1) * pace + wit - 1.5 + Number(followed.has(author)));
  const sharing = ({ wit }: Post) => 0.3 * logistic(2 * wit);
  const FOLLOWING = 0.2;
  return livePerson(rows, {
    first: { at: START + traits.integer(DAY), since: [] },
    answer(slate, _visit, log) {
      const liked = slate.flatMap((row, place) => {
        const post = entry(posts, row);
        return coins.uniform() < examination(place, 0.3) * liking(post) ? [{ post, place }] : [];
      });
      for (const { post, place } of liked) {
        log.add("like", place, 10 + 10 * place);
        if (coins.uniform() < sharing(post)) log.add("share", place, 12 + 10 * place);
        if (coins.uniform() < FOLLOWING && !followed.has(post.author)) {
          log.add("purchase", place, 14 + 10 * place);
          followed.add(post.author);
        }
      }
      loyalty.feel(liked.length > 0 ? 1 : 0);
    },
    next({ at }): Visit | undefined {
      const gap = loyalty.gap(DAY / 8);
      return gap === undefined ? undefined : { at: at + gap, since: [] };
    },
    expectedReward(slate) {
      // Of one author's posts only the first that is liked and followed counts.
      const free = new Map<number, number>();
      return slate.reduce((sum, row, place) => {
        const post = entry(posts, row);
        const like = examination(place, 0.3) * liking(post);
        const open = followed.has(post.author) ? 0 : (free.get(post.author) ?? 1);
        free.set(post.author, open * (1 - like * FOLLOWING));
        return sum + like * (WORTH.like + WORTH.share * sharing(post) + WORTH.purchase * FOLLOWING * open);
      }, 0);
    },
  });
}

function drawPosts(random: Random): Post[] {
  return Array.from({ length: POSTS }, (_, i) => ({
    topic: i % TOPICS.length,
    format: random.integer(FORMATS.length),
    author: random.integer(AUTHORS),
    wit: random.uniform(),
  }));
}
