import type { Parameter } from "../../network/draft.js";
import { networkShape } from "../../network/network-shape.js";
import { recommenderNetwork } from "../../network/recommender-network.js";
import type { TaskSpec } from "../../task/task-spec.js";

/** A block of the flat parameter vector: a matrix, row-major; not differentiable where nobody trains it. */
export type Block = Pick<Parameter, "offset" | "rows" | "columns" | "differentiable">;

export const sizeOf = ({ rows, columns }: Block): number => rows * columns;

/** d, length of the flat vector. */
export const dimensionOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + sizeOf(block), 0);

/** Parameters that are trained. */
export const trainedCount = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + (block.differentiable ? sizeOf(block) : 0), 0);

/** How many of so many parameters a random mask keeps. */
export const keptCount = (share: number, trained: number): number => Math.max(1, Math.round(share * trained));

/** Numbers of a block's update of this rank; all of it where that is no fewer, as in vectors, or where it is not trained. */
export function rankedLength(block: Block, rank: number): number {
  const { rows, columns, differentiable } = block;
  return differentiable ? Math.min(rank, rows, columns) * Math.max(rows, columns) : sizeOf(block);
}

/** The matrices of a task's network, in the order of the flat vector. */
export const parameterBlocks = (task: TaskSpec): readonly Block[] =>
  recommenderNetwork(networkShape(task)).parameters;

/** How many numbers a client seals, but for metrics: the network's parameters, or as many as `learning.update` leaves. */
export function updateLength(task: TaskSpec): number {
  const blocks = parameterBlocks(task);
  const parameters = dimensionOf(blocks);
  const { update } = task.learning;
  if (update?.kind === "random-mask") {
    const trained = trainedCount(blocks);
    return parameters - trained + keptCount(update.share, trained);
  }
  if (update?.kind !== "low-rank") return parameters;
  return blocks.reduce((sum, block) => sum + rankedLength(block, update.rank), 0);
}
