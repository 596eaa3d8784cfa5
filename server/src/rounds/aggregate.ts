import {
  type ByteSource,
  budgetStatement,
  coordinatorEvents,
  coordinatorStatement,
  platformBytes,
  releasesEvents,
  releasesStatement,
  type SealingPlan,
  type TaskSpec,
} from "@tacit/shared";
import type { LedgerEntry, ModelVersion, RoundCommit } from "../store/store.js";
import type { Commit } from "./effect.js";
import { type Aggregation, nextVersion } from "./next-version.js";

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
  const { epsilon } = budgetStatement(task, plan.updateLength, participations);
  const { maximumEpsilon } = task.privacy;
  if (epsilon > maximumEpsilon) throw new BudgetSpentError(modelVersion, epsilon, maximumEpsilon);
  const next = nextVersion({ task, taskHash, plan, optimiser }, previous, sums, bytes);
  if (!next.ok) return next;
  const { version, contributors, metrics } = next;
  const commit: RoundCommit = {
    version,
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
  coordinatorEpsilon: coordinatorStatement(task, plan.updateLength, participations).epsilon,
  releasesEpsilon: releasesStatement(task, plan.updateLength, participations).epsilon,
  delta: task.privacy.delta,
});
