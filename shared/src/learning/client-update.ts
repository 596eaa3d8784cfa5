import type { Interaction } from "./interaction.js";
import { engagedHistogram } from "./prior/engaged-histogram.js";
import type { Subspace } from "./structured-updates/subspace.js";
import type { TaskModel } from "./task-model.js";
import { trajectories } from "./trajectories.js";

/**
 * What a client hands over before it is sealed: trained minus received, and in the place of the prior, which nobody trains,
 * its part of the histogram; where updates are restricted, as many numbers as the subspace has. Writes over the trained
 * parameters.
 */
export function clientUpdate(
  { task, catalogue, ...model }: TaskModel,
  received: Float32Array,
  trained: Float32Array,
  history: readonly Interaction[],
  subspace?: Subspace,
): Float32Array {
  for (let i = 0; i < trained.length; i++) trained[i] = (trained[i] ?? 0) - (received[i] ?? 0);
  const { prior } = model.scoring().network;
  if (prior && catalogue.buckets) {
    const block = trained.subarray(prior.offset, prior.offset + prior.rows);
    engagedHistogram(trajectories(task, catalogue, history), catalogue.buckets, block);
  }
  return subspace?.restrict(trained) ?? trained;
}
