import {
  type Interaction,
  type Item,
  parseTask,
  seededRandom,
  type TaskSpec,
  type TaskSpecInput,
} from "@tacit/shared";

const GENRES = ["comedy", "drama", "horror", "western"] as const;
const DAY = 86_400_000;

/** Forty items of four genres. */
export const items: readonly Item[] = Array.from({ length: 40 }, (_, i) => ({
  id: `item-${i}`,
  features: { genre: GENRES[i % GENRES.length] ?? "drama", length: 60 + i },
}));

export function smallTask(changes: Partial<TaskSpecInput> = {}): TaskSpec {
  const parsed = parseTask({
    name: "small",
    catalogue: {
      features: [
        { name: "genre", kind: "categorical", values: [...GENRES], buckets: 0 },
        { name: "length", kind: "numeric", minimum: 60, maximum: 100 },
      ],
    },
    model: { embedding: 4, hidden: 4, historyLength: 4 },
    learning: { localSteps: 5, batchSize: 4, candidates: 7, minimumInteractions: 3 },
    privacy: { noiseMultiplier: 5 },
    cohort: { size: 4, minimum: 4, timeoutSeconds: 20 },
    rounds: 3,
    ...changes,
  } satisfies TaskSpecInput);
  if (!parsed.ok)
    throw new Error(parsed.problems.map(({ field, message }) => `${field}: ${message}`).join("; "));
  return parsed.task;
}

/** A person who clicks on one genre only. */
export function history(person: number): Interaction[] {
  const random = seededRandom(person);
  return Array.from({ length: 8 }, (_, i) => ({
    kind: "click" as const,
    itemId: `item-${(4 * random.integer(10) + (person % 4)) % 40}`,
    at: Date.UTC(2026, 0, 1) + i * DAY,
  }));
}
