import type { CohortReport } from "./progress.js";

const SHOWN = 3;

/** One cohort's secure aggregation in a few words: who was in it, who dropped and where, whether the sum is sound. */
export function cohortText({ selected, contributors, dropped, checkedSecrets }: CohortReport): string {
  const names = dropped.slice(0, SHOWN).map(({ clientId, phase }) => `${clientId.slice(0, 8)} ${phase}`);
  if (dropped.length > SHOWN) names.push("…");
  const lost = dropped.length === 0 ? "nobody dropped" : `${dropped.length} dropped (${names.join(", ")})`;
  return `cohort of ${selected}: ${contributors} summed, ${lost}, ${checkedSecrets} opened secrets all as committed`;
}
