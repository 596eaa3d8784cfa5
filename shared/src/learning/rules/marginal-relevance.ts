import type { Catalogue } from "../../catalogue/catalogue.js";
import { similarity } from "../../catalogue/similarity.js";
import type { RuledCandidates, SlateRule } from "./slate-rule.js";

/**
 * Maximal marginal relevance (Carbonell & Goldstein 1998, §2): the next item has the highest
 * λ · s / σ − (1 − λ) · max over the items above of their cosine; here in the units of scores, s − (1 − λ) / λ · σ · max cosine,
 * a cosine below 0 counting as 0: being unlike is no merit beyond being new.
 */
export function marginalRelevance(
  relevance: number,
  { rows, deviation }: RuledCandidates,
  catalogue: Catalogue,
): SlateRule {
  const strength = ((1 - relevance) / relevance) * deviation;
  const nearest = new Float64Array(rows.length);
  return {
    adjust(scores) {
      for (let i = 0; i < rows.length; i++) scores[i] = (scores[i] ?? 0) - strength * (nearest[i] ?? 0);
    },
    shown(candidate) {
      for (let i = 0; i < rows.length; i++) {
        const alike = similarity(catalogue, rows[i] ?? 0, rows[candidate] ?? 0);
        nearest[i] = Math.max(nearest[i] ?? 0, alike);
      }
    },
  };
}
