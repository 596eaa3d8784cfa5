import { type CohortTerms, termsCodec } from "../../../src/secagg/messages/messages.js";
import type { SecaggReason } from "../../../src/secagg/refusal.js";
import { flipped, inMessage, type Row, runWith, type Setting, VICTIM } from "./attack.js";

function row(
  reason: SecaggReason,
  lie: string,
  change: (terms: CohortTerms) => CohortTerms,
  setting: Setting = {},
): Row {
  return {
    reason,
    lie: `invites ${lie}`,
    async attack() {
      const tampering = inMessage("client", VICTIM, "invitation", termsCodec, change);
      const { cohort, left } = await runWith(tampering, setting);
      return left.get(cohort.ids[VICTIM] ?? "")?.reason;
    },
  };
}

/** The coordinator offers less than the client's own minima. */
export const liesAboutTerms: readonly Row[] = [
  row("budget-spent", "a client whose ledger is spent", (terms) => terms, {
    expectations: { participationsLeft: 0 },
  }),
  row("wrong-task", "to another task", (terms) => ({ ...terms, taskHash: flipped(terms.taskHash) })),
  row("wrong-model", "to another version", (terms) => ({ ...terms, modelVersion: terms.modelVersion + 1 })),
  row("wrong-model", "to another model", (terms) => ({ ...terms, modelHash: flipped(terms.modelHash) })),
  row("wrong-shape", "another dimension", (terms) => ({ ...terms, dimension: terms.dimension + 1 })),
  row("wrong-shape", "another modulus", (terms) => ({ ...terms, bits: terms.bits - 1 })),
  row("cohort-too-small", "too few clients", (terms) => ({ ...terms, size: 4 }), {
    expectations: { minimumCohort: 5 },
  }),
  row("survivor-minimum-too-low", "to unmask for fewer", (terms) => ({ ...terms, minimumSurvivors: 2 })),
  row("corrupt-fraction-too-low", "to trust more clients", (terms) => ({ ...terms, corrupt: 0.19 })),
  row("dropout-fraction-too-low", "to count on more clients", (terms) => ({
    ...terms,
    dropout: terms.dropout / 2,
  })),
  row("adversary-too-weak", "to trust the coordinator", (terms) => ({ ...terms, adversary: "semi-honest" })),
  row("noise-too-low", "to add less noise", (terms) => ({ ...terms, noiseMultiplier: 0.49 })),
  row("clip-too-high", "to clip less", (terms) => ({ ...terms, clip: 1.01 })),
  row("impossible-cohort", "to a graph that cannot be", (terms) => ({ ...terms, dropout: 0.9 })),
  row("impossible-cohort", "everybody to be corrupt", (terms) => ({ ...terms, corrupt: 1 })),
  row("threshold-too-low", "so few that fewer shares open a secret", (terms) => ({ ...terms, size: 4 }), {
    expectations: { minimumThreshold: 4 },
  }),
];
