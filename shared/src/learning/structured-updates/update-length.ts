import type { Parameter } from "../../network/draft.js";
import { networkShape } from "../../network/network-shape.js";
import { recommenderNetwork } from "../../network/recommender-network.js";
import type { TaskSpec } from "../../task/task-spec.js";

/** A block of the flat parameter vector: a matrix, row-major; not differentiable where nobody trains it. */
export type Block = Pick<Parameter, "offset" | "rows" | "columns" | "differentiable">;

/** Of numbers that are trained, how many a random mask keeps. */
export const keptCount = (share: number, trained: number): number => Math.max(1, Math.round(share * trained));

/** Numbers of a block's update of this rank; all of it where that is no fewer, as in vectors, or where it is not trained. */
export const rankedLength = ({ rows, columns, differentiable }: Block, rank: number): number =>
  Math.min(differentiable ? rank : rows, rows, columns) * Math.max(rows, columns);

/** The matrices of a task's network, in the order of the flat vector. */
export const parameterBlocks = (task: TaskSpec): readonly Block[] =>
  recommenderNetwork(networkShape(task)).parameters;

/** How many numbers a client seals, but for metrics: the network's parameters, or as many as `learning.update` leaves. */
export function updateLength(task: TaskSpec): number {
  const { update } = task.learning;
  const rank = update?.kind === "low-rank" ? update.rank : Number.POSITIVE_INFINITY;
  let [trained, untrained] = [0, 0];
  for (const block of parameterBlocks(task)) {
    if (block.differentiable) trained += rankedLength(block, rank);
    else untrained += rankedLength(block, rank);
  }
  return untrained + (update?.kind === "random-mask" ? keptCount(update.share, trained) : trained);
}
