import type { Catalogue } from "../catalogue/catalogue.js";
import type { Features } from "../catalogue/item.js";
import type { TaskSpec } from "../task/task-spec.js";
import { endsSession } from "./ends-session.js";
import type { Interaction } from "./interaction.js";
import { actionRewards } from "./rewards/action-rewards.js";
import { engagementsOf, type State, type StateEvent, stateOf } from "./state.js";

/** One place of a step of an episode: what is shown at once is decided at once. */
export interface Transition {
  readonly state: State;
  /** Row in the catalogue. */
  readonly action: number;
  readonly reward: number;
  /** Before the next decision, with whatever was taken of this one. */
  readonly nextState: State;
  /** The session ends here: nothing after it is credited to this action. */
  readonly done: boolean;
  /** Probability the action was shown with; undefined where nobody logged one. */
  readonly propensity: number | undefined;
  /** Transitions from this one to the first of the next decision: 1, but for the first ones of a slate. */
  readonly following: number;
  /** Rewards of the next decision's other places: all of it less the mean of a place. 0 where it has one, and at the end. */
  readonly beside: number;
}

interface Action {
  readonly item: number;
  readonly at: number;
  /** The recommendation that it is one of; undefined for what nobody showed. */
  readonly slate: string | undefined;
  readonly propensity: number | undefined;
  readonly context: Features | undefined;
  /** The interaction that it is, and those that followed from it. */
  readonly interactions: Interaction[];
}

/**
 * Cuts a history into transitions. An impression is an action, and what followed from it (same recommendation, same item) is
 * its outcome. An interaction that no impression led to is an action by itself. Rewards: {@link actionRewards}.
 * The state holds engagements from strictly before the action, so that no action is ever part of its own state. The places of
 * a slate are one decision, after which all of them go on from the same next state, as the items of a slate do in Ie et al. 2019
 * (SlateQ, arXiv 1905.12767) §3: an item is credited with its own reward, and with all that comes after the slate.
 */
export function trajectories(
  task: TaskSpec,
  catalogue: Catalogue,
  history: readonly Interaction[],
): Transition[] {
  const sorted = oldestFirst(history);
  const actions = actionsOf(catalogue, sorted);
  const engagements = engagementsOf(task, catalogue, sorted);
  const states = statesBefore(task, actions, engagements);
  const rewards = actionRewards(
    task,
    catalogue,
    actions.map((action, i) => ({ ...action, events: states[i]?.events ?? [] })),
  );
  const next = nextDecisions(actions);
  return actions.flatMap(({ item, propensity }, i) => {
    const [state, decision = actions.length] = [states[i], next[i]];
    if (!state) return [];
    const done = endsSession(task, actions, decision - 1);
    return [
      {
        state,
        action: item,
        reward: rewards[i] ?? 0,
        nextState: states[decision] ?? state,
        done,
        propensity,
        following: decision - i,
        beside: done ? 0 : besideOne(rewards.slice(decision, next[decision])),
      },
    ];
  });
}

/** The actions of {@link trajectories}, rows of the catalogue in their order, for who asks no more of a history. */
export const actionRows = (catalogue: Catalogue, history: readonly Interaction[]): number[] =>
  actionsOf(catalogue, oldestFirst(history)).map(({ item }) => item);

const oldestFirst = (history: readonly Interaction[]): Interaction[] =>
  history.toSorted((a, b) => a.at - b.at);

/** Of each action, the place of the first one behind its slate. */
function nextDecisions(actions: readonly Action[]): number[] {
  const next: number[] = [];
  for (let i = actions.length - 1; i >= 0; i--) {
    const slate = actions[i]?.slate;
    const together = slate !== undefined && slate === actions[i + 1]?.slate;
    next[i] = together ? (next[i + 1] ?? i + 1) : i + 1;
  }
  return next;
}

const besideOne = (rewards: readonly number[]): number =>
  rewards.reduce((sum, reward) => sum + reward, 0) * (1 - 1 / rewards.length);

function actionsOf(catalogue: Catalogue, sorted: readonly Interaction[]): Action[] {
  const actions: Action[] = [];
  const shown = new Map<string, Action>();
  for (const interaction of sorted) {
    const item = catalogue.index(interaction.itemId);
    if (item === undefined) continue;
    const impression = interaction.kind === "impression";
    const key = interaction.recommendationId && `${interaction.recommendationId} ${interaction.itemId}`;
    const cause = key && !impression ? shown.get(key) : undefined;
    if (cause) {
      cause.interactions.push(interaction);
      continue;
    }
    const action: Action = {
      item,
      at: interaction.at,
      slate: impression ? interaction.recommendationId : undefined,
      propensity: interaction.propensity,
      context: interaction.context,
      interactions: [interaction],
    };
    actions.push(action);
    if (key && impression) shown.set(key, action);
  }
  return actions;
}

function statesBefore(
  task: TaskSpec,
  actions: readonly Action[],
  engagements: readonly StateEvent[],
): State[] {
  const { historyLength } = task.model;
  let seen = 0;
  return actions.map(({ at, context }) => {
    while ((engagements[seen]?.at ?? Number.POSITIVE_INFINITY) < at) seen++;
    return stateOf(task, engagements.slice(Math.max(0, seen - historyLength), seen), at, context);
  });
}
