import {
  currentState,
  type Interaction,
  type InteractionKind,
  type PolicyScores,
  personalState,
  policyScores,
  type Random,
  reward,
  type TaskSpec,
} from "@tacit/shared";
import type { Ranker } from "./ranker.js";

const EVENTS = 6;
/** Items that the model chooses each next one from. */
const CHOICE = 64;
const HOUR = 3_600_000;

/** Ways to take an item, the plainest first. */
const TAKINGS: readonly { readonly kind: InteractionKind; readonly value?: number }[] = [
  { kind: "click" },
  { kind: "purchase" },
  { kind: "like" },
  { kind: "share" },
  { kind: "rating", value: 5 },
  { kind: "dwell", value: 60 },
];

/** How items are taken in imagined histories: by the first kind of interaction that the task makes anything of. */
export const takingOf = (task: TaskSpec) => TAKINGS.find((taking) => reward(task, taking) > 0);

/**
 * Histories that a model's own policy draws from its catalogue, which is public: nobody's data. Items are taken an hour apart:
 * any item first, then what the policy draws, of 64 at random, after those before.
 */
export function* imaginedHistories(
  ranker: Ranker,
  count: number,
  random: Random,
): Generator<Interaction[], void> {
  for (let history = 0; history < count; history++) yield imagined(ranker, random);
}

function imagined(ranker: Ranker, random: Random): Interaction[] {
  const { task, catalogue } = ranker.model;
  const taking = takingOf(task) ?? { kind: "click" };
  const history: Interaction[] = [];
  for (let event = 0; event < EVENTS; event++) {
    const choice = Int32Array.from({ length: CHOICE }, () => random.integer(catalogue.size));
    const place = event === 0 ? 0 : drawn(scoresAfter(ranker, history, choice).logits, random);
    const row = choice[place];
    history.push({ ...taking, itemId: catalogue.ids[row ?? 0] ?? "", at: event * HOUR });
  }
  return history;
}

/** Scores of these rows of the catalogue, an hour after an imagined history. */
export function scoresAfter(
  { model, parameters }: Ranker,
  history: readonly Interaction[],
  rows: Int32Array,
): PolicyScores {
  const told = currentState(model.task, model.catalogue, history, history.length * HOUR);
  return policyScores(model, parameters, personalState(model, parameters, history, told), rows);
}

/** A place with probability softmax(logits), by the largest of logits with Gumbel noise. */
function drawn(logits: Float32Array, random: Random): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (const [place, logit] of logits.entries()) {
    const noisy = logit - Math.log(-Math.log(Math.max(Number.MIN_VALUE, random.uniform())));
    if (noisy > most) [best, most] = [place, noisy];
  }
  return best;
}
