import { type Catalogue, reward, type TaskSpec } from "@tacit/shared";
import type { EnvironmentClient } from "../environments/environment.js";
import type { Scorer } from "../evaluation/scorer.js";

/** Counts engagements (interactions with a positive reward) with each item over everybody's training histories, in the open: no privacy. */
export function popularityScorer(
  task: TaskSpec,
  catalogue: Catalogue,
  clients: Iterable<Pick<EnvironmentClient, "history">>,
): Scorer {
  const counts = new Float64Array(catalogue.size);
  for (const { history } of clients) {
    for (const interaction of history) {
      const row = catalogue.index(interaction.itemId);
      if (row !== undefined && reward(task, interaction) > 0) counts[row] = (counts[row] ?? 0) + 1;
    }
  }
  return { score: (_, candidates) => candidates.map((rows) => rows.map((row) => counts[row] ?? 0)) };
}
