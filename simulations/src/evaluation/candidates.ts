import { type Catalogue, seededRandom } from "@tacit/shared";
import type { EnvironmentClient } from "../environments/environment.js";

/** Items sampled beside the held-out one. */
const NEGATIVES = 99;

/**
 * For each client the row of its held-out item, then up to 99 items it never touched, drawn uniformly without
 * repetition. The same seed draws the same ones, so every arm ranks the same lists.
 */
export function drawCandidates(
  clients: readonly EnvironmentClient[],
  catalogue: Catalogue,
  seed: number,
): number[][] {
  const random = seededRandom(seed);
  return clients.map(({ heldOut, touched }) => {
    const target = catalogue.index(heldOut.itemId);
    if (target === undefined) throw new Error(`item ${heldOut.itemId} is held out but not in the catalogue`);
    const taken = new Set<number>([target]);
    for (const id of touched) {
      const row = catalogue.index(id);
      if (row !== undefined) taken.add(row);
    }
    const wanted = Math.min(NEGATIVES, catalogue.size - taken.size);
    const candidates = [target];
    while (candidates.length <= wanted) {
      const row = random.integer(catalogue.size);
      if (taken.has(row)) continue;
      taken.add(row);
      candidates.push(row);
    }
    return candidates;
  });
}
