import { seededRandom } from "@tacit/shared";
import type { Scorer } from "../evaluation/scorer.js";

/** Every order is as likely. */
export function randomScorer(seed: number): Scorer {
  const random = seededRandom(seed);
  return { score: (_, candidates) => candidates.map((rows) => rows.map(() => random.uniform())) };
}
