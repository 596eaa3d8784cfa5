import {
  adaptClip,
  type ByteSource,
  budgetStatement,
  coordinatorEvents,
  coordinatorStatement,
  createMechanism,
  joinVersion,
  modelHash,
  planAt,
  platformBytes,
  releaseNoise,
  releasesEvents,
  releasesStatement,
  rotationSeed,
  type SealingPlan,
  splitMean,
  splitVersion,
  type TaskSpec,
} from "@tacit/shared";
import type { ServerOptimiser } from "../optimisers/server-optimiser.js";
import type { LedgerEntry, ModelVersion, RoundCommit } from "../store/store.js";
import type { Commit } from "./effect.js";

/** What stays the same from round to round. */
export interface Aggregation {
  readonly task: TaskSpec;
  readonly taskHash: string;
  readonly plan: SealingPlan;
  readonly optimiser: ServerOptimiser;
}

/** A round would pass the task's budget. The participation limit keeps clients from it: to come here is a bug. */
export class BudgetSpentError extends Error {
  override readonly name = "BudgetSpentError";
  constructor(modelVersion: number, epsilon: number, maximumEpsilon: number) {
    super(`version ${modelVersion} would cost an epsilon of ${epsilon}; the budget is ${maximumEpsilon}`);
  }
}

/**
 * Opens a cohort's sum and turns it into the next version, with everything that is committed beside it. Pure but for
 * the coordinator's noise, where it makes any: what is returned may be committed again and again, but a sum must be
 * aggregated again only if no version of it was ever released.
 * @throws BudgetSpentError
 */
export function aggregate(
  { task, taskHash, plan, optimiser }: Aggregation,
  previous: ModelVersion,
  { cohortId, selected, contributors, participations, sum }: Commit,
  committedAt: Date,
  bytes: ByteSource = platformBytes,
): RoundCommit {
  const modelVersion = previous.modelVersion + 1;
  const { epsilon } = budgetStatement(task, plan.parameters, participations);
  const { maximumEpsilon } = task.privacy;
  if (epsilon > maximumEpsilon) throw new BudgetSpentError(modelVersion, epsilon, maximumEpsilon);
  const before = splitVersion(task.privacy, previous.parameters);
  if (!before) throw new Error(`version ${previous.modelVersion} holds no clip`);
  const planned = planAt(plan, before.clip);
  const mechanism = createMechanism(planned, rotationSeed(task, taskHash, previous.modelVersion));
  const { noise, state: noiseState } = releaseNoise(planned, previous.noiseState, bytes);
  const mean = mechanism.open(sum, contributors.length, noise);
  const { update, metrics } = splitMean(planned, mean, contributors.length);
  const stepped = optimiser.step(before.parameters, update, previous.optimiserState);
  const withinClip = metrics.find(({ name }) => name === "within-clip");
  const clip = withinClip ? adaptClip(task.privacy, before.clip, withinClip.mean) : before.clip;
  const parameters = joinVersion(task.privacy, { parameters: stepped.parameters, clip });
  return {
    version: {
      modelVersion,
      hash: modelHash(previous.hash, { taskHash, modelVersion, parameters }),
      previousHash: previous.hash,
      parameters,
      optimiserState: stepped.state,
      noiseState,
    },
    round: { modelVersion, cohortId, selected, contributors: contributors.length, metrics, committedAt },
    ledger: entryOf(task, plan, modelVersion, participations),
    participations: contributors.map(({ clientId, updateId }) => ({ clientId, updateId })),
  };
}

const entryOf = (
  task: TaskSpec,
  plan: SealingPlan,
  modelVersion: number,
  participations: number,
): LedgerEntry => ({
  modelVersion,
  participations,
  events: {
    coordinator: coordinatorEvents(plan, participations) ?? null,
    releases: releasesEvents(plan, participations) ?? [],
  },
  coordinatorEpsilon: coordinatorStatement(task, plan.parameters, participations).epsilon,
  releasesEpsilon: releasesStatement(task, plan.parameters, participations).epsilon,
  delta: task.privacy.delta,
});
