import type { InteractionKind } from "../task/interaction-kind.js";
import type { Reason } from "./reason.js";

/**
 * What is said of an item, in the host's language. Templates may hold `{title}` (of the item), `{past}` (title of the item of
 * a past interaction), `{interaction}`, `{feature}` (also of relations and context) and `{value}`; anything else in braces stays.
 */
export interface Phrases {
  /** One template for each kind of reason. */
  readonly reasons: Readonly<Record<Reason["kind"], string>>;
  /** Where nothing speaks for the item. */
  readonly none: string;
  /** What `{interaction}` becomes. */
  readonly interactions: Readonly<Record<InteractionKind, string>>;
  /** What `{feature}` becomes, by names in the task; the name itself where it is left out. */
  readonly names: Readonly<Partial<Record<string, string>>>;
}

export const ENGLISH: Phrases = {
  reasons: {
    interaction: "{title}: because you {interaction} {past}.",
    feature: "{title}: because of its {feature}.",
    relation: "{title}: because of what it is linked with by {feature}.",
    context: "{title}: because of the {feature} right now.",
    popularity: "{title}: because many like it.",
    personal: "{title}: because of your taste.",
  },
  none: "{title}: something different.",
  interactions: {
    impression: "saw",
    click: "opened",
    purchase: "bought",
    rating: "rated",
    dwell: "spent time with",
    like: "liked",
    share: "shared",
    skip: "skipped",
  },
  names: {},
};
