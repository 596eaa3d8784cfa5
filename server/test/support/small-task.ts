import { parseTask, type TaskSpec, type TaskSpecInput } from "@tacit/shared";

/** A small task that a test finishes in seconds; `changes` replace whole sections' fields. */
export function smallTask(changes: Partial<TaskSpecInput> = {}): TaskSpec {
  const parsed = parseTask({
    name: "small",
    catalogue: { features: [{ name: "genre", kind: "categorical", values: ["drama", "comedy"] }] },
    model: { embedding: 2, hidden: 2, historyLength: 2 },
    privacy: { mode: "local", noiseMultiplier: 4, maximumParticipations: 20, maximumEpsilon: 100, bits: 32 },
    cohort: { size: 3, minimum: 2, timeoutSeconds: 1 },
    rounds: 20,
    ...changes,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}
