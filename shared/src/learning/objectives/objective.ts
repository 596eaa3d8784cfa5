import type { Transition } from "../trajectories.js";
import type { Gradients, Outputs, Terms } from "./terms.js";

type Everything = keyof Terms<unknown>;

/** What one step of the optimiser is taken on. */
export interface Batch {
  readonly transitions: readonly Transition[];
  /** Of each, its place among all that there is to learn from. */
  readonly places: readonly number[];
  /** Rows of the catalogue, `each` a transition, the action taken first. */
  readonly candidates: Int32Array;
  readonly each: number;
}

/** What an objective has found out about a batch before the pass. */
interface BatchLoss {
  /** What V of each state should be. */
  readonly valueTargets: ArrayLike<number>;
  /** The loss, and its derivatives by what the network makes; those it leaves alone are 0. */
  loss(outputs: Outputs<Everything>, gradients: Gradients<Everything>): number;
}

/**
 * An objective over one client's transitions, bound to the received parameters. It may pass both compiled
 * networks over what it likes: the batch is written after it.
 */
export type Objective = (batch: Batch) => BatchLoss;

/** One objective made ready, a pass at each `next()`, so that a host can breathe in between. */
export type Preparing = Generator<undefined, Objective>;
