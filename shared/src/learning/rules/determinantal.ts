import type { Catalogue } from "../../catalogue/catalogue.js";
import { similarity } from "../../catalogue/similarity.js";
import type { RuledCandidates, SlateRule } from "./slate-rule.js";

/** Below it an item adds nothing to those above it. */
const LEAST_VOLUME = 1e-10;

/**
 * Greedy inference of a determinantal point process (Chen, Zhang, Zhou 2018, arXiv 1709.05135, algorithm 1 and §4.2): the next item
 * has the highest θ · s / σ + (1 − θ) · ln d², d² being what its features add to the volume that those above span; here in the units
 * of scores. The Cholesky factor grows by one row an item, so that a place takes O(candidates · place).
 */
export function determinantal(
  relevance: number,
  { rows, deviation }: RuledCandidates,
  catalogue: Catalogue,
): SlateRule {
  const strength = ((1 - relevance) / relevance) * deviation;
  const volumes = new Float64Array(rows.length).fill(1);
  const factor: Float64Array[] = [];
  return {
    adjust(scores) {
      for (let i = 0; i < rows.length; i++) {
        scores[i] = (scores[i] ?? 0) + strength * Math.log(Math.max(LEAST_VOLUME, volumes[i] ?? 0));
      }
    },
    shown(candidate) {
      const own = Math.sqrt(Math.max(LEAST_VOLUME, volumes[candidate] ?? 0));
      const added = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) {
        let rest = similarity(catalogue, rows[i] ?? 0, rows[candidate] ?? 0);
        for (const before of factor) rest -= (before[candidate] ?? 0) * (before[i] ?? 0);
        added[i] = rest / own;
        volumes[i] = (volumes[i] ?? 0) - (added[i] ?? 0) ** 2;
      }
      factor.push(added);
    },
  };
}
