import type { Interaction, Item, Random } from "@tacit/shared";
import { FED_SGD } from "../task-defaults/fed-sgd.js";
import type { LiveEnvironment, Person, Visit } from "./live-environment.js";
import { livePerson, rowsById } from "./users/live-person.js";
import { logistic } from "./users/logistic.js";

const DECISIONS = ["accept", "limit", "refuse"];
const CHANNELS = ["branch", "online", "broker"];
const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
const APPLICANTS = 300;
/** Of a full loan, by decision: what is lent. */
const LENT = [1, 0.3, 0];
const DAYS_TO_FRAUD = 1;
const DAYS_TO_DEFAULT = 4;
/** Interest of a full loan, of a limited one, and what a full loan costs that is not paid back. */
const WORTH = { purchase: 1, click: 0.4, dwell: -5 };
/** Of a dwell, in which losses are told. */
const FULL_DWELL = 60;

const items = DECISIONS.map((decision): Item => ({ id: decision, features: { decision } }));
const rows = rowsById(items);

interface Applicant {
  readonly income: number;
  readonly debt: number;
  /** What the bureau's score says, from 0 to 1. */
  readonly score: number;
  readonly channel: number;
}

/**
 * Lending; the client is a lender, and each visit an applicant, told by the context. Probabilities, for x of the applicant:
 *
 *   P(default) = σ(−1.5 + 3 debt − 2 income − 4 (score − ½) + region)    P(fraud) = 0.25 online, 0.05 else, × (1 − score)
 *
 * Accepting earns interest of 1 at once, limiting the loan to three tenths 0.4, refusing nothing. Fraud loses all that is
 * lent after a day, default a half to all of it after four days: later interactions of the same recommendation. Logistic
 * default: Thomas, Edelman, Crook 2017, "Credit scoring and its applications", §4; accepting as a decision whose outcome is seen
 * of the accepted alone: Kilbertus et al. 2020, arXiv 1902.02979.
 */
export const financialRisk: LiveEnvironment = {
  name: "financial-risk",
  features: [{ name: "decision", kind: "categorical", values: DECISIONS, buckets: 0 }],
  items,
  context: [
    { name: "income", kind: "numeric", minimum: 0, maximum: 1, scale: "linear" },
    { name: "debt", kind: "numeric", minimum: 0, maximum: 1, scale: "linear" },
    { name: "score", kind: "numeric", minimum: 0, maximum: 1, scale: "linear" },
    { name: "channel", kind: "categorical", values: CHANNELS, buckets: 0 },
  ],
  rewardMeaning:
    "interest, 1 a full loan and 0.4 a limited one, less 5 times the share of a full loan that is lost",
  metrics: [],
  slateLength: 1,
  mostInteractions: 3,
  task: {
    model: { embedding: 8, hidden: 8, historyLength: 1, halfLifeDays: 30 },
    learning: {
      ...FED_SGD.learning,
      candidates: 2,
      objective: { kind: "q-learning", penalty: 0 },
      minimumInteractions: 1,
    },
    reward: { weights: WORTH, discount: 0, sessionGapMinutes: 60 },
    exploration: { kind: "epsilon-greedy", epsilon: 0.02 },
    clip: 1,
    aggregation: FED_SGD.aggregation,
  },
  baseline: { name: "refuse", score: (decision) => Number(decision === "refuse") },
  person: lender,
};

function lender(traits: Random, coins: Random): Person {
  const region = 0.3 * traits.normal();
  let applicant = drawApplicant(traits);
  let pending: Interaction[] = [];
  let seen = 0;
  const chances = ({ income, debt, score, channel }: Applicant) => ({
    fraud: (channel === 1 ? 0.25 : 0.05) * (1 - score),
    default: logistic(-1.5 + 3 * debt - 2 * income - 4 * (score - 0.5) + region),
  });
  const visitAt = (at: number): Visit => {
    const since = pending.filter((event) => event.at <= at);
    pending = pending.filter((event) => event.at > at);
    const { income, debt, score, channel } = applicant;
    return { at, context: { income, debt, score, channel: CHANNELS[channel] }, since };
  };
  return livePerson(rows, {
    first: visitAt(START + traits.integer(DAY)),
    answer([decision = 0], { at }, log) {
      const lent = LENT[decision] ?? 0;
      if (lent === 0) return;
      log.add(lent === 1 ? "purchase" : "click", 0, 60);
      const chance = chances(applicant);
      const fraud = coins.uniform() < chance.fraud;
      if (!fraud && coins.uniform() >= chance.default) return;
      const lost = lent * (fraud ? 1 : 0.5 + 0.5 * coins.uniform());
      const after = (fraud ? DAYS_TO_FRAUD : DAYS_TO_DEFAULT) * DAY;
      pending = [...pending, log.later("dwell", 0, at + after, FULL_DWELL * lost)].sort(
        (a, b) => a.at - b.at,
      );
    },
    next({ at }) {
      seen++;
      if (seen >= APPLICANTS) return undefined;
      applicant = drawApplicant(traits);
      return visitAt(at + DAY + traits.integer(4 * DAY));
    },
    expectedReward: ([decision = 0]) => {
      const lent = LENT[decision] ?? 0;
      if (lent === 0) return 0;
      const chance = chances(applicant);
      const lost = lent * (chance.fraud + (1 - chance.fraud) * chance.default * 0.75);
      return (lent === 1 ? WORTH.purchase : WORTH.click) + WORTH.dwell * lost;
    },
    outstanding: () => pending,
  });
}

const drawApplicant = (random: Random): Applicant => ({
  income: random.uniform(),
  debt: random.uniform(),
  score: random.uniform(),
  channel: random.integer(CHANNELS.length),
});
