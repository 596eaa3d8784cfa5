import type { SealingPlan } from "../privacy/plan-sealing.js";
import { isMasked } from "../task/is-masked.js";
import type { TaskSpec } from "../task/task-spec.js";
import { groupOf } from "../task/visible-sums.js";
import { bytesOfHex } from "./crypto/bytes.js";
import { planCohort } from "./graph/cohort-plan.js";
import type { CohortAssumptions } from "./graph/graph-parameters.js";
import type { CohortTerms } from "./messages/messages.js";

/** The head of the model chain, as both sides know it. */
export interface ChainHead {
  readonly modelVersion: number;
  /** 64 hex digits. */
  readonly modelHash: string;
}

type Aggregated = Pick<TaskSpec, "privacy" | "cohort">;

/** What the coordinator offers a cohort, or one of its groups, of so many clients; a client computes the same for itself. */
export function cohortTerms(
  { privacy, cohort }: Aggregated,
  taskHash: string,
  { dimension, bits, clip }: SealingPlan,
  { modelVersion, modelHash }: ChainHead,
  size: number,
): CohortTerms {
  const { corrupt, dropout, adversary } = cohortAssumptions(cohort, size);
  return {
    taskHash: bytesOfHex(taskHash),
    modelVersion,
    modelHash: bytesOfHex(modelHash),
    size,
    minimumSurvivors: groupOf(cohort).minimum,
    corrupt,
    dropout,
    adversary,
    dimension,
    bits,
    clip,
    noiseMultiplier: privacy.noiseMultiplier,
  };
}

/** Of a cohort's clients: the masks hold, and open, whatever a task expects, when one in twenty colludes or is lost. */
const LEAST_ASSUMED = 0.05;

/** A task loses as many clients of a cohort, or of one of its groups, as its minimum allows. */
export function cohortAssumptions(cohort: Aggregated["cohort"], clients: number): CohortAssumptions {
  const { size, minimum } = groupOf(cohort);
  return {
    clients,
    corrupt: Math.max(LEAST_ASSUMED, cohort.corruptFraction),
    dropout: Math.max(LEAST_ASSUMED, 1 - minimum / size),
    adversary: cohort.adversary,
  };
}

export type PlannedAggregation =
  | { readonly ok: true }
  | { readonly ok: false; readonly field: string; readonly message: string };

const FIELDS: Readonly<Record<string, string>> = {
  clients: "cohort.size",
  corrupt: "cohort.corruptFraction",
  dropout: "cohort.minimum",
};

/** Whether a task's cohorts or groups, from the full one down to the smallest, can be aggregated; refuses what never could. */
export function planAggregation(task: Aggregated): PlannedAggregation {
  if (!isMasked(task.privacy)) return { ok: true };
  const { size, minimum } = groupOf(task.cohort);
  for (const clients of [size, minimum]) {
    const planned = planCohort(cohortAssumptions(task.cohort, clients));
    if (!planned.ok) {
      const field = FIELDS[planned.field] ?? "cohort";
      return { ok: false, field, message: `secure aggregation of ${clients} clients: ${planned.message}` };
    }
  }
  return { ok: true };
}
