import type { Features, Interaction, Item, Relation, TaskSpecInput } from "@tacit/shared";

/** Somebody's history, and two items of which one is what comes next. */
interface Choice {
  readonly history: readonly Interaction[];
  readonly right: string;
  readonly wrong: string;
  readonly context?: Features;
}

/** A small problem that needs one thing of a task, and the tasks that are put to it. */
export interface Toy {
  readonly name: string;
  /** What must be seen, or rewarded, to solve it. */
  readonly needs: string;
  readonly items: readonly Item[];
  /** Not in the catalogue before training is over. */
  readonly newItems?: readonly Item[];
  readonly relations?: readonly Relation[];
  readonly catalogue: TaskSpecInput["catalogue"];
  /** What is put to it, by name: networks, or rewards. */
  readonly arms: Readonly<Record<string, Pick<TaskSpecInput, "model" | "context" | "reward">>>;
  /** Beside the steps of all toys; the next item alone is learned when left out. */
  readonly learning?: TaskSpecInput["learning"];
  /** Of each history only the last event is to be predicted: what comes before it is drawn, and has nothing to teach. */
  readonly lastOnly?: boolean;
  readonly histories: readonly (readonly Interaction[])[];
  /** None of them is in `histories`. */
  readonly choices: readonly Choice[];
}

/** Clicks on items, at once one after the other, so that their age tells nothing. */
export const clicks = (ids: readonly string[], context?: Features): Interaction[] =>
  ids.map((itemId, at) => ({ kind: "click", itemId, at, ...(context && { context }) }));
