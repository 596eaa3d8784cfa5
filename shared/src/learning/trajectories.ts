import type { Catalogue } from "../catalogue/catalogue.js";
import type { Features } from "../catalogue/item.js";
import { INTERACTION_KINDS } from "../task/interaction-kind.js";
import type { TaskSpec } from "../task/task-spec.js";
import { encodeContext } from "./encode-context.js";
import type { Interaction } from "./interaction.js";
import type { Personal } from "./personal/personal.js";
import { reward } from "./reward.js";

/** An engagement (positive reward) as the state encoder sees it. */
export interface StateEvent {
  /** Row in the catalogue. */
  readonly item: number;
  /** Position in INTERACTION_KINDS. */
  readonly kind: number;
  readonly at: number;
}

/** The latest engagements before `at`, oldest first. */
export interface State {
  readonly events: readonly StateEvent[];
  readonly at: number;
  /** What was told of the moment, encoded; absent in tasks without context. */
  readonly context?: Float32Array;
  /** Of the user, in tasks with personal parameters; none is zeros. */
  readonly personal?: Personal;
}

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
  reward: number;
}

/**
 * Cuts a history into transitions. An impression is an action whose reward is what followed from it (same
 * recommendation, same item; 0 if nothing did). An interaction that no impression led to is an action by itself.
 * The state holds engagements from strictly before the action, so that no action is ever part of its own state.
 */
export function trajectories(
  task: TaskSpec,
  catalogue: Catalogue,
  history: readonly Interaction[],
): Transition[] {
  const sorted = history.toSorted((a, b) => a.at - b.at);
  const actions = actionsOf(task, catalogue, sorted);
  const engagements = engagementsOf(task, catalogue, sorted);
  const states = statesBefore(task, actions, engagements);
  const gap = task.reward.sessionGapMinutes * 60_000;
  return actions.flatMap((action, i) => {
    const state = states[i];
    if (!state) return [];
    const next = actions[i + 1];
    const done = next === undefined || next.at - action.at > gap;
    const nextState = states[i + 1] ?? state;
    return [
      { state, action: action.item, reward: action.reward, nextState, done, propensity: action.propensity },
    ];
  });
}

/** The state a recommendation at time `at` is made from; `context` is what the host tells of that moment. */
export function currentState(
  task: TaskSpec,
  catalogue: Catalogue,
  history: readonly Interaction[],
  at: number,
  context?: Features,
): State {
  const events = engagementsOf(
    task,
    catalogue,
    history.toSorted((a, b) => a.at - b.at),
  );
  const latest = events.filter((event) => event.at <= at).slice(-task.model.historyLength);
  return stateOf(task, latest, at, context);
}

function actionsOf(task: TaskSpec, catalogue: Catalogue, sorted: readonly Interaction[]): Action[] {
  const actions: Action[] = [];
  const shown = new Map<string, Action>();
  for (const interaction of sorted) {
    const item = catalogue.index(interaction.itemId);
    if (item === undefined) continue;
    const impression = interaction.kind === "impression";
    const key = interaction.recommendationId && `${interaction.recommendationId} ${interaction.itemId}`;
    const cause = key && !impression ? shown.get(key) : undefined;
    if (cause) {
      cause.reward += reward(task, interaction);
      continue;
    }
    const action: Action = {
      item,
      at: interaction.at,
      propensity: interaction.propensity,
      context: interaction.context,
      reward: reward(task, interaction),
    };
    actions.push(action);
    if (key && impression) shown.set(key, action);
  }
  return actions;
}

function engagementsOf(task: TaskSpec, catalogue: Catalogue, sorted: readonly Interaction[]): StateEvent[] {
  return sorted.flatMap((interaction) => {
    const item = catalogue.index(interaction.itemId);
    if (item === undefined || reward(task, interaction) <= 0) return [];
    return [{ item, kind: INTERACTION_KINDS.indexOf(interaction.kind), at: interaction.at }];
  });
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

function stateOf(
  task: TaskSpec,
  events: readonly StateEvent[],
  at: number,
  told: Features | undefined,
): State {
  const context = encodeContext(task, told);
  return { events, at, ...(context && { context }) };
}
