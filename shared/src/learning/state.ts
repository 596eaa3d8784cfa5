import type { Catalogue } from "../catalogue/catalogue.js";
import type { Features } from "../catalogue/item.js";
import { INTERACTION_KINDS } from "../task/interaction-kind.js";
import type { TaskSpec } from "../task/task-spec.js";
import { encodeContext } from "./encode-context.js";
import type { Interaction } from "./interaction.js";
import type { Personal } from "./personal/personal.js";
import { reward } from "./rewards/reward.js";

/** An engagement (an interaction that by itself earned more than 0) as the state encoder sees it. */
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

/** Of interactions, oldest first, those that states are made of. */
export function engagementsOf(
  task: TaskSpec,
  catalogue: Catalogue,
  sorted: readonly Interaction[],
): StateEvent[] {
  return sorted.flatMap((interaction) => {
    const item = catalogue.index(interaction.itemId);
    if (item === undefined || reward(task, interaction) <= 0) return [];
    return [{ item, kind: INTERACTION_KINDS.indexOf(interaction.kind), at: interaction.at }];
  });
}

/** A state of the latest events there are before `at`. */
export function stateOf(
  task: TaskSpec,
  events: readonly StateEvent[],
  at: number,
  told: Features | undefined,
): State {
  const context = encodeContext(task, told);
  return { events, at, ...(context && { context }) };
}
