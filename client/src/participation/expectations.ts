import { type ClientExpectations, cohortAssumptions, groupOf } from "@tacit/shared";
import type { ClientLimits } from "../ledger/limits.js";
import type { LocalTask } from "../model/local-model.js";
import type { Head } from "./participant-state.js";

const LEAST_THRESHOLD = 2;

/** What this client demands of a cohort: the task as it hashed it, the chain as it followed it, and its own limits. */
export function expectationsOf(
  { task, taskHash, plan }: Pick<LocalTask, "task" | "taskHash" | "plan">,
  limits: ClientLimits,
  { modelVersion, modelHash }: Pick<Head, "modelVersion" | "modelHash">,
  clip: number,
): ClientExpectations {
  const { cohort, privacy } = task;
  const { minimum } = groupOf(cohort);
  const { corrupt, dropout, adversary } = cohortAssumptions(cohort, minimum);
  return {
    taskHash,
    modelVersion,
    modelHash,
    bits: plan.bits,
    minimumCohort: Math.max(limits.cohort, minimum),
    minimumSurvivors: minimum,
    minimumCorrupt: corrupt,
    minimumDropout: dropout,
    minimumThreshold: LEAST_THRESHOLD,
    minimumNoiseMultiplier: Math.max(limits.noiseMultiplier, privacy.noiseMultiplier),
    maximumClip: clip,
    adversary,
    // The ledger is asked, and charged, before the masked update goes out.
    participationsLeft: 1,
  };
}
