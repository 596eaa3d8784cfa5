import type { FeatureSpec, Features, Interaction, Item, Random, TaskSpecInput } from "@tacit/shared";

/** A moment at which somebody is there to be shown something. */
export interface Visit {
  /** Milliseconds since the epoch, whole. */
  readonly at: number;
  /** What a host would tell of the moment, by the environment's context features. */
  readonly context?: Features;
  /** Items that may be shown now; the whole catalogue when left out. */
  readonly candidates?: readonly string[];
  /** What came of earlier recommendations since the last visit. */
  readonly since: readonly Interaction[];
}

/** A slate as it is shown, best place first, with the propensities it was drawn with. */
export interface Shown {
  readonly recommendationId: string;
  readonly items: readonly { readonly itemId: string; readonly propensity: number }[];
}

/**
 * Somebody who answers what is shown, and is changed by it: a state machine without clock, sockets or globals. Gives
 * {@link Person.visit} and {@link Person.respond} by turns.
 */
export interface Person {
  /** The next visit, the same one until it is answered; undefined: gone for good. */
  visit(): Visit | undefined;
  /**
   * Shows a slate at the current visit. Returns the impressions and what follows from them at once, oldest first, and
   * moves on to the next visit.
   * @throws Error when the person is gone, or an item may not be shown.
   */
  respond(shown: Shown): Interaction[];
  /** The true mean, over the person's coins, of all reward that these items, shown now in this order, will earn. */
  expectedReward(slate: readonly string[]): number;
  /** What is yet to come of earlier recommendations, if time went on without another visit. */
  outstanding(): Interaction[];
}

/** Fields of the task that suit an environment; catalogue, context, cohorts and noise are whoever plays it's. */
interface LiveTask {
  readonly model: NonNullable<TaskSpecInput["model"]>;
  readonly learning: NonNullable<TaskSpecInput["learning"]>;
  readonly reward: NonNullable<TaskSpecInput["reward"]>;
  readonly exploration: NonNullable<TaskSpecInput["exploration"]>;
  readonly clip: number;
  readonly aggregation: NonNullable<TaskSpecInput["aggregation"]>;
}

/** What people do, beside the reward that they bring. */
export type LiveMetric = "ctr" | "cvr" | "satisfaction" | "returns" | "retention";

/** What somebody who learns nothing would do, as a row beside what is learned. */
export interface Baseline {
  readonly name: string;
  /** Of an item at a visit, by what hosts tell of it; the highest is shown first. */
  score(itemId: string, visit: Visit): number;
}

/** A catalogue and people who respond to what they are shown. */
export interface LiveEnvironment {
  readonly name: string;
  readonly features: readonly FeatureSpec[];
  readonly items: readonly Item[];
  /** None: a visit tells nothing. */
  readonly context?: readonly FeatureSpec[];
  /** What the task's reward stands for, in one line. */
  readonly rewardMeaning: string;
  /** What is told of people here: a loan is no click, and a crossing never leaves. */
  readonly metrics: readonly LiveMetric[];
  /** Items in a slate. */
  readonly slateLength: number;
  /** That one visit adds to a history at most, later consequences included. */
  readonly mostInteractions: number;
  readonly task: LiveTask;
  /** None: nobody has a rule worth naming. */
  readonly baseline?: Baseline;
  /**
   * Somebody, who lives the same life for the same coins and slates.
   * @param traits who this is, and what happens to them whatever is shown.
   * @param coins how they answer.
   */
  person(traits: Random, coins: Random): Person;
}
