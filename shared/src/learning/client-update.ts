import type { Interaction } from "./interaction.js";
import { engagedHistogram } from "./prior/engaged-histogram.js";
import type { TaskModel } from "./task-model.js";
import { trajectories } from "./trajectories.js";

/**
 * What a client hands over before it is sealed, written over the trained parameters: trained minus received, and in the
 * place of the prior, which nobody trains, its part of the histogram.
 */
export function clientUpdate(
  { task, catalogue, ...model }: TaskModel,
  received: Float32Array,
  trained: Float32Array,
  history: readonly Interaction[],
): Float32Array {
  for (let i = 0; i < trained.length; i++) trained[i] = (trained[i] ?? 0) - (received[i] ?? 0);
  const { prior } = model.scoring().network;
  if (prior && catalogue.buckets) {
    const block = trained.subarray(prior.offset, prior.offset + prior.rows);
    engagedHistogram(trajectories(task, catalogue, history), catalogue.buckets, block);
  }
  return trained;
}
