import type { Mdp } from "./mdp.js";

/** A process, and how what is learned from it was logged. */
export interface Problem {
  readonly name: string;
  /** What an objective must be able to do. */
  readonly needs: string;
  readonly mdp: Mdp;
  /** The probability that each action is shown with; none is 0. */
  behaviour(state: number): readonly number[];
  readonly episodes: number;
}

/** Every action as often. */
export const uniform = ({ actions }: Pick<Mdp, "actions">): readonly number[] =>
  Array.from({ length: actions }, () => 1 / actions);
