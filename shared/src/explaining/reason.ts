import type { InteractionKind } from "../task/interaction-kind.js";

interface Contribution {
  /** What the score, ln π(a|s) up to a constant, has from it. Negative where it speaks against the item. */
  readonly contribution: number;
}

/** One thing that an item's score comes from. */
export type Reason =
  /** A past interaction that was in the state. */
  | (Contribution & {
      readonly kind: "interaction";
      readonly itemId: string;
      readonly interaction: InteractionKind;
      /** Milliseconds since the epoch. */
      readonly at: number;
    })
  /** A public feature of the item, by its name in the task; those of kind "id" are the item's own id, hashed. */
  | (Contribution & { readonly kind: "feature"; readonly feature: string; readonly id: boolean })
  /** The item's neighbours by one of the catalogue's relations. */
  | (Contribution & { readonly kind: "relation"; readonly relation: string })
  /** Something that the host told of the moment. */
  | (Contribution & { readonly kind: "context"; readonly feature: string })
  /** What everybody finds good, as the item prior tells it. */
  | (Contribution & { readonly kind: "popularity" })
  /** The personal parameters that this device has found, as a whole. */
  | (Contribution & { readonly kind: "personal" });

/** How the contributions of interactions were found. All others are left out one at a time. */
export type HistoryMethod =
  | { readonly kind: "leave-one-out" }
  | {
      readonly kind: "integrated-gradients";
      /** Gradients that were added up. */
      readonly steps: number;
      /** The score with the history minus the score with average items in its place: what contributions should add up to. */
      readonly change: number;
      /** Their sum minus `change`. */
      readonly residual: number;
      /** |residual| ≤ tolerance · (the sum of all |contributions|). */
      readonly complete: boolean;
    };

/** Why an item has its score. Contributions are effects one at a time: only those of integrated gradients add up. */
export interface Reasons {
  /** The item's unnormalised ln π(a|s). */
  readonly score: number;
  readonly history: HistoryMethod;
  /** Strongest first; what changes nothing is left out. */
  readonly reasons: readonly Reason[];
}
