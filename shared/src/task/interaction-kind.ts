/** Every kind of private event; the position in this list is the kind's index in the network. */
export const INTERACTION_KINDS = [
  "impression",
  "click",
  "purchase",
  "rating",
  "dwell",
  "like",
  "share",
  "skip",
] as const;

export type InteractionKind = (typeof INTERACTION_KINDS)[number];
