import {
  adaptClip,
  coordinatorStatement,
  createMechanism,
  joinVersion,
  modelHash,
  planAt,
  releasesStatement,
  rotationSeed,
  type SealingPlan,
  splitMetrics,
  splitVersion,
  type TaskSpec,
} from "@tacit/shared";
import type { ServerOptimiser } from "../optimisers/server-optimiser.js";
import type { ModelVersion, RoundCommit } from "../store/store.js";
import type { Commit } from "./effect.js";

/** What stays the same from round to round. */
export interface Aggregation {
  readonly task: TaskSpec;
  readonly taskHash: string;
  readonly plan: SealingPlan;
  readonly optimiser: ServerOptimiser;
}

/** Opens a cohort's sum and turns it into the next version, with everything that is committed beside it. Pure. */
export function aggregate(
  { task, taskHash, plan, optimiser }: Aggregation,
  previous: ModelVersion,
  { cohortId, selected, contributors, participations, sum }: Commit,
  committedAt: Date,
): RoundCommit {
  const seed = rotationSeed(taskHash, previous.modelVersion, task.cohort.maximumStaleness);
  const before = splitVersion(task.privacy, previous.parameters);
  if (!before) throw new Error(`version ${previous.modelVersion} holds no clip`);
  const planned = planAt(plan, before.clip);
  const mean = createMechanism(planned, seed).open(sum, contributors.length);
  const { update, withinClip } = splitMetrics(planned, mean);
  const stepped = optimiser.step(before.parameters, update, previous.optimiserState);
  const clip = withinClip === undefined ? before.clip : adaptClip(task.privacy, before.clip, withinClip);
  const parameters = joinVersion(task.privacy, { parameters: stepped.parameters, clip });
  const modelVersion = previous.modelVersion + 1;
  const coordinator = coordinatorStatement(task, plan.parameters, participations);
  const releases = releasesStatement(task, plan.parameters, participations);
  return {
    version: {
      modelVersion,
      hash: modelHash(previous.hash, { taskHash, modelVersion, parameters }),
      previousHash: previous.hash,
      parameters,
      optimiserState: stepped.state,
    },
    round: { modelVersion, cohortId, selected, contributors: contributors.length, committedAt },
    ledger: {
      modelVersion,
      participations,
      coordinatorEpsilon: coordinator.epsilon,
      releasesEpsilon: releases.epsilon,
      delta: task.privacy.delta,
    },
    participations: contributors.map(({ clientId, updateId }) => ({ clientId, updateId })),
  };
}
