import { type Item, parseTask, type TaskSpec, type TaskSpecInput } from "@tacit/shared";

export const items: readonly Item[] = ["alien", "heat", "amelie", "arrival", "brazil", "casablanca"].map(
  (id, i) => ({
    id,
    features: { genre: i % 2 === 0 ? "drama" : "comedy" },
  }),
);

/** A task that trains in milliseconds. */
export function exampleTask(changes: Partial<TaskSpecInput> = {}): TaskSpec {
  const parsed = parseTask({
    name: "films",
    catalogue: {
      features: [{ name: "genre", kind: "categorical", values: ["drama", "comedy"], buckets: 0 }],
    },
    model: { embedding: 2, hidden: 2, historyLength: 2 },
    learning: { localSteps: 2, batchSize: 2, candidates: 2, minimumInteractions: 2 },
    privacy: { mode: "local", noiseMultiplier: 5, maximumParticipations: 5 },
    cohort: { size: 4, minimum: 3, timeoutSeconds: 1 },
    rounds: 5,
    ...changes,
  } satisfies TaskSpecInput);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}
