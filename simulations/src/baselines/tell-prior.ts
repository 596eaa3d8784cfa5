import { engagedHistogram, priorLogits, type TaskModel, type Transition } from "@tacit/shared";

/** Writes what is popular among these clients into parameters, where the task has an item prior: counted in the open. */
export function tellPrior(
  model: TaskModel,
  clients: readonly (readonly Transition[])[],
  parameters: Float32Array,
): void {
  const { catalogue } = model;
  const { prior } = model.scoring().network;
  if (!prior || !catalogue.buckets) return;
  const own = new Float32Array(prior.rows);
  const sum = new Float32Array(prior.rows);
  for (const transitions of clients) {
    engagedHistogram(transitions, catalogue.buckets, own);
    for (let bucket = 0; bucket < sum.length; bucket++) sum[bucket] = (sum[bucket] ?? 0) + (own[bucket] ?? 0);
  }
  const average = sum.reduce((total, one) => total + one, 0) / sum.length;
  priorLogits(sum, average || 1, parameters.subarray(prior.offset, prior.offset + prior.rows));
}
