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

const CATEGORIES = ["home", "fashion", "sports", "books", "garden", "electronics"];
const PRODUCTS = 60;
const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
const MINUTE = 60_000;
/** What browsing, a basket and a purchase are worth. */
const WORTH = { click: 0.2, like: 0.3, purchase: 2 };

interface Product {
  readonly category: number;
  /** From 0, cheap, to 1. */
  readonly price: number;
  /** Mean rating, from 0 to 1. */
  readonly quality: number;
}

const products = drawProducts(seededRandom(11));
const items = products.map(
  ({ category, price, quality }, i): Item => ({
    id: `product-${i}`,
    features: { category: CATEGORIES[category], price, quality },
  }),
);
const rows = rowsById(items);

/**
 * A shop. Of a slate at most one product is looked at, by a multinomial logit with position bias (users/):
 *
 *   u(i) = taste(category) + 3 (quality − ½) − thrift · price − boredom(category)    u₀ = 2
 *
 * What is looked at goes into the basket with probability σ(2 + 4 (quality − ½) − thrift · price / 2), and from there to the
 * till with σ(1 − thrift · (price − ½)). Whoever bought has enough of the category for a while. The funnel from looks to
 * baskets to purchases: Moe 2003, "Buying, searching, or browsing".
 */
export const eCommerce: LiveEnvironment = {
  name: "e-commerce",
  features: [
    { name: "category", kind: "categorical", values: CATEGORIES, buckets: 0 },
    { name: "price", kind: "numeric", minimum: 0, maximum: 1, scale: "linear" },
    { name: "quality", kind: "numeric", minimum: 0, maximum: 1, scale: "linear" },
  ],
  items,
  rewardMeaning: "0.2 a look at a product, 0.3 a basket, 2 a purchase",
  metrics: ["ctr", "cvr", "returns", "retention"],
  slateLength: 4,
  mostInteractions: 4 + 3,
  task: {
    model: { embedding: 8, hidden: 8, historyLength: 10, halfLifeDays: 30 },
    learning: {
      ...FED_SGD.learning,
      candidates: 15,
      objective: { kind: "actor-critic", policyWeight: 0, valueWeight: 0, entropyWeight: 0 },
      minimumInteractions: 1,
    },
    reward: { weights: WORTH, discount: 0.5, sessionGapMinutes: 60 },
    exploration: { kind: "epsilon-greedy", epsilon: 0.05 },
    clip: 1,
    aggregation: FED_SGD.aggregation,
  },
  person: shopper,
};

function shopper(traits: Random, coins: Random): Person {
  const tastes = drawTastes(
    CATEGORIES.length,
    { favourite: 2.5, second: 1.5, other: -1.5, noise: 0.4 },
    traits,
  );
  const thrift = 0.5 + 2.5 * traits.uniform();
  const boredom = new Boredom(CATEGORIES.length, 0.7, 1.5);
  const loyalty = new Loyalty({ memory: 0.3, patience: 1.5, attachment: 4, days: 5, eagerness: 1 }, coins);
  const chances = (row: number) => {
    const { price, quality } = entry(products, row);
    return {
      basket: logistic(2 + 4 * (quality - 0.5) - (thrift * price) / 2),
      purchase: logistic(1 - thrift * (price - 0.5)),
    };
  };
  const looks = (slate: readonly number[]) =>
    choiceProbabilities(slate.map(utility), 2, (place) => examination(place, 0.5));
  function utility(row: number): number {
    const { category, price, quality } = entry(products, row);
    return (tastes[category] ?? 0) + 3 * (quality - 0.5) - thrift * price - boredom.of(category);
  }
  return livePerson(rows, {
    first: { at: START + traits.integer(7) * DAY + traits.integer(DAY), since: [] },
    answer(slate, _visit, log) {
      const place = drawChoice(looks(slate), coins);
      const row = place === undefined ? undefined : slate[place];
      let bought: number | undefined;
      let experience = 0;
      if (place !== undefined && row !== undefined) {
        const { basket, purchase } = chances(row);
        log.add("click", place, 10);
        experience = 0.5;
        if (coins.uniform() < basket) {
          log.add("like", place, 40);
          experience = 0.7;
          if (coins.uniform() < purchase) {
            log.add("purchase", place, 120);
            bought = entry(products, row).category;
            experience = 1;
          }
        }
      }
      boredom.consumed(bought);
      loyalty.feel(experience);
    },
    next({ at }): Visit | undefined {
      // Half of the visits turn the page.
      if (coins.uniform() < 0.5) return { at: at + 5 * MINUTE, since: [] };
      const gap = loyalty.gap(DAY / 4);
      return gap === undefined ? undefined : { at: at + gap, since: [] };
    },
    expectedReward: (slate) =>
      looks(slate).reduce((sum, probability, place) => {
        const { basket, purchase } = chances(slate[place] ?? 0);
        return sum + probability * (WORTH.click + basket * (WORTH.like + purchase * WORTH.purchase));
      }, 0),
  });
}

function drawProducts(random: Random): Product[] {
  return Array.from({ length: PRODUCTS }, (_, i) => ({
    category: i % CATEGORIES.length,
    price: random.uniform(),
    quality: random.uniform(),
  }));
}
