import {
  adaptClip,
  type ByteSource,
  createMechanism,
  joinVersion,
  type MetricSum,
  metricEstimate,
  modelHash,
  parameterBlocks,
  planAt,
  rotationSeed,
  type SealingPlan,
  splitMean,
  splitVersion,
  structuredUpdate,
  type TaskSpec,
  trainedPart,
} from "@tacit/shared";
import type { ServerOptimiser } from "../optimisers/server-optimiser.js";
import { combineSums } from "../robust/combine-sums.js";
import type { VisibleSum } from "../robust/norm-bound.js";
import type { ModelVersion } from "../store/store.js";
import { joinState, keptLengths, splitState } from "./kept-state.js";
import { nextPrior } from "./prior-state.js";
import { roundVector } from "./rounded-vector.js";

/** What stays the same from round to round. */
export interface Aggregation {
  readonly task: TaskSpec;
  readonly taskHash: string;
  readonly plan: SealingPlan;
  readonly optimiser: ServerOptimiser;
}

export type NextVersion =
  | {
      readonly ok: true;
      readonly version: ModelVersion;
      readonly contributors: number;
      readonly metrics: readonly MetricSum[];
    }
  /** Too few clients are left once what exceeds the norm bound is left out, or the model cannot be encoded any more. */
  | { readonly ok: false; readonly message: string };

/**
 * Opens a round's sums, combines them, takes the server optimiser's step and moves the clip. Knows nothing of budgets:
 * a coordinator comes here through `aggregate` only.
 */
export function nextVersion(
  { task, taskHash, plan, optimiser }: Aggregation,
  previous: ModelVersion,
  sums: readonly VisibleSum[],
  bytes: ByteSource,
): NextVersion {
  const modelVersion = previous.modelVersion + 1;
  const before = splitVersion(task.privacy, previous.parameters);
  if (!before) throw new Error(`version ${previous.modelVersion} holds no clip`);
  const planned = planAt(plan, before.clip);
  const mechanism = createMechanism(planned, rotationSeed(task, taskHash, previous.modelVersion));
  const combined = combineSums({
    task,
    plan: planned,
    mechanism,
    sums,
    noiseState: previous.noiseState,
    bytes,
  });
  const contributors = combined?.contributors ?? 0;
  if (!combined || contributors < task.cohort.minimum) {
    const message = `${contributors} updates are within the norm bound, at least ${task.cohort.minimum} are needed`;
    return { ok: false, message };
  }
  const { joint, vectors } = combined;
  const opened = splitMean(planned, joint, { contributors, vectors, before: previous.modelVersion });
  const { metrics, histogram } = opened;
  const trainedFrom = { task, taskHash, modelVersion: previous.modelVersion };
  const structure = structuredUpdate(trainedFrom, parameterBlocks(task));
  const update = structure?.spread(opened.update) ?? opened.update;
  const { prior } = plan;
  const kept = splitState(previous.optimiserState, keptLengths(task, plan, before.parameters.length));
  const exact = before.parameters.map((value, i) => value + (kept.rest[i] ?? 0));
  const stepped = optimiser.step(trainedPart(exact, prior), trainedPart(update, prior), kept.optimiser);
  exact.set(stepped.parameters);
  const popular = histogram && nextPrior(kept.prior, histogram);
  if (prior && popular) exact.set(popular.logits, exact.length - prior.length);
  const withinClip = metricEstimate(metrics.filter(({ name }) => name === "within-clip"));
  const clip = withinClip ? adaptClip(task.privacy, before.clip, withinClip.mean) : before.clip;
  const joined = joinVersion(task.privacy, { parameters: exact, clip });
  const rounded = roundVector(task, joined, exact.length);
  if (!rounded) return { ok: false, message: "a parameter has grown too large for delivery.encoding" };
  const parameters = rounded.vector;
  const version: ModelVersion = {
    modelVersion,
    hash: modelHash(previous.hash, { taskHash, modelVersion, parameters }),
    previousHash: previous.hash,
    parameters,
    optimiserState: joinState({
      rest: rounded.rest,
      optimiser: stepped.state,
      prior: popular?.state ?? kept.prior,
    }),
    noiseState: combined.noiseState,
  };
  return { ok: true, version, contributors, metrics };
}
