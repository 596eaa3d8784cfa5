import type { Catalogue } from "../catalogue/catalogue.js";
import type { Features } from "../catalogue/item.js";
import type { TaskSpec } from "../task/task-spec.js";
import { endsSession } from "./ends-session.js";
import type { Interaction } from "./interaction.js";
import { actionRewards } from "./rewards/action-rewards.js";
import { engagementsOf, type State, type StateEvent, stateOf } from "./state.js";

/** One step of an episode. */
export interface Transition {
  readonly state: State;
  /** Row in the catalogue. */
  readonly action: number;
  readonly reward: number;
  readonly nextState: State;
  /** The session ends here: nothing after it is credited to this action. */
  readonly done: boolean;
  /** Probability the action was shown with; undefined where nobody logged one. */
  readonly propensity: number | undefined;
}

interface Action {
  readonly item: number;
  readonly at: number;
  readonly propensity: number | undefined;
  readonly context: Features | undefined;
  /** The interaction that it is, and those that followed from it. */
  readonly interactions: Interaction[];
}

/**
 * Cuts a history into transitions. An impression is an action, and what followed from it (same recommendation, same item) is
 * its outcome. An interaction that no impression led to is an action by itself. Rewards: {@link actionRewards}.
 * The state holds engagements from strictly before the action, so that no action is ever part of its own state.
 */
export function trajectories(
  task: TaskSpec,
  catalogue: Catalogue,
  history: readonly Interaction[],
): Transition[] {
  const sorted = history.toSorted((a, b) => a.at - b.at);
  const actions = actionsOf(catalogue, sorted);
  const engagements = engagementsOf(task, catalogue, sorted);
  const states = statesBefore(task, actions, engagements);
  const rewards = actionRewards(
    task,
    catalogue,
    actions.map((action, i) => ({ ...action, events: states[i]?.events ?? [] })),
  );
  return actions.flatMap(({ item, propensity }, i) => {
    const state = states[i];
    if (!state) return [];
    const done = endsSession(task, actions, i);
    return [
      { state, action: item, reward: rewards[i] ?? 0, nextState: states[i + 1] ?? state, done, propensity },
    ];
  });
}

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
