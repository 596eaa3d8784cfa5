import type { FeatureSpec, Interaction, Item } from "@tacit/shared";

/** One simulated person and what stays on that person's device. */
export interface EnvironmentClient {
  readonly id: string;
  /** What may be learned from, oldest first. */
  readonly history: readonly Interaction[];
  /** The interaction that evaluation asks for; it is later than all of the history. */
  readonly heldOut: Interaction;
  /** Every item this person has touched, the held-out one included. */
  readonly touched: ReadonlySet<string>;
}

/** A population with a catalogue: a user-choice model, or the replay of a data set. */
export interface Environment {
  readonly name: string;
  readonly features: readonly FeatureSpec[];
  readonly items: readonly Item[];
  readonly clients: readonly EnvironmentClient[];
  /** What `reward` measures, in one line. */
  readonly rewardMeaning: string;
  /** What showing this slate (item ids, best first) to this client earns. */
  reward(client: EnvironmentClient, slate: readonly string[]): number;
}
