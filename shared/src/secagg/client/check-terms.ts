import { bytesToHex } from "@noble/hashes/utils.js";
import { planCohort } from "../graph/cohort-plan.js";
import type { CohortTerms } from "../messages/messages.js";
import { refuseSecagg, type SecaggRefusal } from "../refusal.js";
import type { ClientContext } from "./client-context.js";

/** The client's own minima and ledger, before it shows the coordinator a key. Undefined when all hold. */
export function checkTerms(
  { expectations, input }: Pick<ClientContext, "expectations" | "input">,
  terms: CohortTerms,
): SecaggRefusal | undefined {
  const wanted = expectations;
  if (wanted.participationsLeft < 1) return refuseSecagg("budget-spent", "no participation is left");
  if (bytesToHex(terms.taskHash) !== wanted.taskHash) return refuseSecagg("wrong-task", "another task");
  if (terms.modelVersion !== wanted.modelVersion || bytesToHex(terms.modelHash) !== wanted.modelHash) {
    return refuseSecagg("wrong-model", `model ${terms.modelVersion}: not the chain this client followed`);
  }
  if (terms.dimension !== input.length || terms.bits !== wanted.bits) {
    return refuseSecagg(
      "wrong-shape",
      `${terms.dimension} × ${terms.bits} bits, expected ${input.length} × ${wanted.bits}`,
    );
  }
  if (terms.size < wanted.minimumCohort) {
    return refuseSecagg("cohort-too-small", `${terms.size} clients, at least ${wanted.minimumCohort}`);
  }
  if (terms.minimumSurvivors < wanted.minimumSurvivors) {
    return refuseSecagg(
      "survivor-minimum-too-low",
      `${terms.minimumSurvivors} survivors, at least ${wanted.minimumSurvivors}`,
    );
  }
  if (terms.corrupt < wanted.minimumCorrupt) {
    return refuseSecagg(
      "corrupt-fraction-too-low",
      `γ = ${terms.corrupt}, at least ${wanted.minimumCorrupt}`,
    );
  }
  if (terms.dropout < wanted.minimumDropout) {
    return refuseSecagg(
      "dropout-fraction-too-low",
      `δ = ${terms.dropout}, at least ${wanted.minimumDropout}`,
    );
  }
  if (wanted.adversary === "semi-malicious" && terms.adversary !== wanted.adversary) {
    return refuseSecagg("adversary-too-weak", `${terms.adversary}, expected ${wanted.adversary}`);
  }
  if (terms.noiseMultiplier < wanted.minimumNoiseMultiplier) {
    return refuseSecagg(
      "noise-too-low",
      `z = ${terms.noiseMultiplier}, at least ${wanted.minimumNoiseMultiplier}`,
    );
  }
  if (terms.clip > wanted.maximumClip) {
    return refuseSecagg("clip-too-high", `c = ${terms.clip}, at most ${wanted.maximumClip}`);
  }
  const planned = planCohort({ ...terms, clients: terms.size });
  if (!planned.ok) return refuseSecagg("impossible-cohort", `${planned.field}: ${planned.message}`);
  return planned.plan.threshold < wanted.minimumThreshold
    ? refuseSecagg("threshold-too-low", `t = ${planned.plan.threshold}, at least ${wanted.minimumThreshold}`)
    : undefined;
}
