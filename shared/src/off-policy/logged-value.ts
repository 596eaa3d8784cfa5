import type { Features } from "../catalogue/item.js";
import { policyWalk } from "../learning/exploration/policy-walk.js";
import { slateProbabilities } from "../learning/exploration/slate-walk.js";
import type { Interaction } from "../learning/interaction.js";
import type { LocalTrainingOptions } from "../learning/local-training.js";
import { personalState } from "../learning/personal/personal-state.js";
import { reward } from "../learning/rewards/reward.js";
import { currentState } from "../learning/state.js";
import { seededRandom } from "../random/random.js";

/** What the slates of one history say about a policy that did not make them; means over the slates. */
export interface LoggedValue {
  /** (1/n) Σ_slates Σ_k W_k r_k: the reward of a slate. */
  readonly reward: number;
  /** (1/n) Σ_slates Σ_k W_k: how many places of a slate are seen. The reward over this is the reward of an impression. */
  readonly impressions: number;
}

/** Whose scores are computed; of older ones hardly any policy of today would show the like. */
const MOST_SLATES = 32;

/** An impression whose place and propensity were logged. */
interface Place {
  readonly row: number;
  readonly position: number;
  readonly propensity: number;
  reward: number;
}

/**
 * The value of the received model under the task's exploration, by the slates that this history holds (reward interaction
 * IPS, McInerney et al. 2020, arXiv 2007.12986, with weights truncated at the root of how many clients tell: Ionides 2008,
 * "Truncated importance sampling", §2):
 *
 *   W_k = min(√(cohort.size · rounds), Π_{j ≤ k} π(a_j | s, a_1 … a_{j−1}) / p_j),
 *
 * r_k being what followed from the item at place k. Each propensity is that of an item given the items above it, so the
 * product is the weight of all of a slate down to k. Unbiased for the policy's reward a slate, and for the impressions a
 * slate, while no weight is truncated and what happens at a place depends on it and the places above it only; truncation
 * takes away from both. A slate counts from its top down to the first place that was not logged. Slates that were made of
 * some candidates only are taken for slates of the whole catalogue. The newest 32 slates count, one at each `next()`, so that a
 * host can breathe in between. undefined where the history holds no slate.
 */
export function* loggedValue({
  model,
  parameters,
  history,
}: Omit<LocalTrainingOptions, "random">): Generator<undefined, LoggedValue | undefined> {
  const { task, catalogue } = model;
  const random = seededRandom(task.model.seed);
  const greatest = Math.sqrt(task.cohort.size * task.rounds);
  const everything = Int32Array.from({ length: catalogue.size }, (_, row) => row);
  let [rewards, impressions, slates] = [0, 0, 0];
  for (const { at, context, places } of slatesOf(model, history)) {
    // Strictly before the slate: nothing that it led to is a part of its own state.
    const before = history.filter((interaction) => interaction.at < at);
    const told = { ...currentState(task, catalogue, history, at - 1, context), at };
    const state = personalState(model, parameters, before, told);
    const { walk } = policyWalk({
      model,
      parameters,
      history: before,
      state,
      candidates: everything,
      random,
    });
    const rows = places.map(({ row }) => row);
    const probabilities = slateProbabilities(walk, rows);
    let product = 1;
    for (const [k, place] of places.entries()) {
      product *= (probabilities[k] ?? 0) / place.propensity;
      const weight = Math.min(greatest, product);
      rewards += weight * place.reward;
      impressions += weight;
    }
    slates++;
    yield;
  }
  return slates > 0 ? { reward: rewards / slates, impressions: impressions / slates } : undefined;
}

interface LoggedSlate {
  /** When it was first seen, and what was told of that moment. */
  readonly at: number;
  readonly context: Features | undefined;
  /** From the top, without a gap. */
  readonly places: readonly Place[];
}

function slatesOf(
  { task, catalogue }: LocalTrainingOptions["model"],
  history: readonly Interaction[],
): LoggedSlate[] {
  const slates = new Map<
    string,
    { at: number; context: Features | undefined; readonly seen: Map<string, Place> }
  >();
  for (const interaction of history) {
    const { kind, recommendationId, itemId, at, propensity, position, context } = interaction;
    const row = catalogue.index(itemId);
    if (kind !== "impression" || recommendationId === undefined || row === undefined) continue;
    if (position === undefined || propensity === undefined || !(propensity > 0 && propensity <= 1)) continue;
    const slate = slates.get(recommendationId) ?? { at, context, seen: new Map<string, Place>() };
    if (at < slate.at) Object.assign(slate, { at, context });
    if (!slate.seen.has(itemId)) slate.seen.set(itemId, { row, position, propensity, reward: 0 });
    slates.set(recommendationId, slate);
  }
  for (const interaction of history) {
    const slate = slates.get(interaction.recommendationId ?? "");
    const place = slate?.seen.get(interaction.itemId);
    if (place) place.reward += reward(task, interaction);
  }
  const whole = [...slates.values()].flatMap(({ at, context, seen }) => {
    const sorted = [...seen.values()].sort((a, b) => a.position - b.position);
    const gap = sorted.findIndex(({ position }, k) => position !== k);
    const places = gap < 0 ? sorted : sorted.slice(0, gap);
    return places.length > 0 ? [{ at, context, places }] : [];
  });
  return whole.sort((a, b) => a.at - b.at).slice(-MOST_SLATES);
}
