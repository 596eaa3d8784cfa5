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
  releasesEvents,
  releasesStatement,
  rotationSeed,
  type SealingPlan,
  splitMean,
  splitVersion,
  type TaskSpec,
} from "@tacit/shared";
import type { ServerOptimiser } from "../optimisers/server-optimiser.js";
import { combineSums } from "../robust/combine-sums.js";
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

export type Aggregated =
  | { readonly ok: true; readonly commit: RoundCommit }
  /** Too few clients are left once what exceeds the norm bound is left out. */
  | { readonly ok: false; readonly message: string };

/**
 * Opens a cohort's sums, combines them and turns them into the next version, with everything that is committed beside it.
 * Pure but for the coordinator's noise, where it makes any: what is returned may be committed again and again, but sums
 * must be aggregated again only if no version of them was ever released. Clients in a sum that is left out are
 * participants as the others are: the coordinator has seen that sum.
 * @throws BudgetSpentError
 */
export function aggregate(
  { task, taskHash, plan, optimiser }: Aggregation,
  previous: ModelVersion,
  { cohortId, selected, contributors: participants, participations, sums }: Commit,
  committedAt: Date,
  bytes: ByteSource = platformBytes,
): Aggregated {
  const modelVersion = previous.modelVersion + 1;
  const { epsilon } = budgetStatement(task, plan.parameters, participations);
  const { maximumEpsilon } = task.privacy;
  if (epsilon > maximumEpsilon) throw new BudgetSpentError(modelVersion, epsilon, maximumEpsilon);
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
  const { update, metrics } = splitMean(planned, combined.joint, contributors, combined.vectors);
  const stepped = optimiser.step(before.parameters, update, previous.optimiserState);
  const withinClip = metrics.find(({ name }) => name === "within-clip");
  const clip = withinClip ? adaptClip(task.privacy, before.clip, withinClip.mean) : before.clip;
  const parameters = joinVersion(task.privacy, { parameters: stepped.parameters, clip });
  const commit: RoundCommit = {
    version: {
      modelVersion,
      hash: modelHash(previous.hash, { taskHash, modelVersion, parameters }),
      previousHash: previous.hash,
      parameters,
      optimiserState: stepped.state,
      noiseState: combined.noiseState,
    },
    round: { modelVersion, cohortId, selected, contributors, metrics, committedAt },
    ledger: entryOf(task, plan, modelVersion, participations),
    participations: participants.map(({ clientId, updateId }) => ({ clientId, updateId })),
  };
  return { ok: true, commit };
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
