import type { LocalTrainingOptions } from "../learning/local-training.js";
import { itemShares } from "../learning/prior/item-shares.js";
import type { TaskModel } from "../learning/task-model.js";
import { miscalibration } from "../metrics/calibration.js";
import { categoryMix } from "../metrics/category-mix.js";
import { exposure } from "../metrics/exposure.js";
import { intraListDiversity } from "../metrics/intra-list-diversity.js";
import { novelty } from "../metrics/novelty.js";
import { popularityLift } from "../metrics/popularity-bias.js";
import type { ReceivedSlate } from "./received-slate.js";

/** Which version a model is: all clients of a round have received the same. */
export interface ReceivedVersion {
  readonly taskHash: string;
  readonly modelVersion: number;
}

interface SlateMeasurements {
  readonly diversity: number;
  /** Nats, over the first categorical feature; undefined where the history has none of it. */
  readonly miscalibration: number | undefined;
  readonly exposure: number | undefined;
  /** Bits, by the received item prior, as the lift; undefined without one. */
  readonly novelty: number | undefined;
  readonly "popularity-lift": number | undefined;
}

/** What a slate is like. */
export function slateMeasurements(
  { model, parameters }: Pick<LocalTrainingOptions, "model" | "parameters">,
  { taskHash, modelVersion }: ReceivedVersion,
  { slate, taken }: ReceivedSlate,
): SlateMeasurements {
  const { task, catalogue } = model;
  const mix = categoryMix(catalogue, task.catalogue.features);
  const ids = slate.flatMap((row) => catalogue.ids[row] ?? []);
  const shares = receivedShares(model, parameters);
  return {
    diversity: intraListDiversity(catalogue, slate),
    miscalibration: miscalibration(mix(taken), mix(slate)),
    exposure: exposure(ids, `${taskHash}/${modelVersion}`),
    novelty: shares && novelty(shares, slate),
    "popularity-lift": shares && popularityLift(shares, slate, taken),
  };
}

function receivedShares(
  { catalogue, ...model }: TaskModel,
  parameters: Float32Array,
): Float64Array | undefined {
  const { prior } = model.scoring().network;
  if (!prior || !catalogue.buckets) return undefined;
  return itemShares(parameters.subarray(prior.offset, prior.offset + prior.rows), catalogue.buckets);
}
