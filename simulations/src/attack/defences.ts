import { type CombineRule, parseTask, problemText, type TaskSpec } from "@tacit/shared";

/** A rule, and what it looks at: single updates, or means of so many clients that nobody saw one by one. */
export interface Defence {
  readonly combine: CombineRule;
  readonly sees: "updates" | "groups";
}

export const DEFENCES: readonly Defence[] = [
  { combine: "mean", sees: "updates" },
  { combine: "norm-filter", sees: "updates" },
  { combine: "coordinate-median", sees: "updates" },
  { combine: "trimmed-mean", sees: "updates" },
  { combine: "geometric-median", sees: "updates" },
  { combine: "krum", sees: "updates" },
  { combine: "multi-krum", sees: "updates" },
  { combine: "mean", sees: "groups" },
  { combine: "coordinate-median", sees: "groups" },
  { combine: "trimmed-mean", sees: "groups" },
  { combine: "geometric-median", sees: "groups" },
];

interface DefenceChoices {
  readonly clients: number;
  readonly groups: number;
  /** How many clients are corrupt, as the rules are told. */
  readonly corrupt: number;
  readonly noiseMultiplier: number;
}

const LARGEST_FRACTION = 0.4;
const MINIMUM_SHARE = 0.6;
const SMALLEST_GROUP = 3;

/** With fewer left a round is lost. */
const minimumOf = (clients: number): number => Math.ceil(MINIMUM_SHARE * clients);

export const mostGroups = (clients: number): number => Math.floor(minimumOf(clients) / SMALLEST_GROUP);

/**
 * The task that defends itself so.
 * @throws Error naming the fields of what cannot be.
 */
export function defendedTask(
  task: TaskSpec,
  { combine, sees }: Defence,
  { clients, groups, corrupt, noiseMultiplier }: DefenceChoices,
): TaskSpec {
  const split = sees === "groups";
  const minimum = minimumOf(clients);
  // At worst each corrupt client spoils another group.
  const byzantine = corrupt / (split ? groups : minimum);
  const parsed = parseTask({
    ...task,
    // Where nobody looks at single updates there is nothing to trust anyone with.
    privacy: { ...task.privacy, mode: split ? "distributed" : "trusted", noiseMultiplier },
    cohort: {
      ...task.cohort,
      size: clients,
      minimum,
      groups: split ? groups : 1,
    },
    aggregation: { ...task.aggregation, combine, byzantineFraction: Math.min(byzantine, LARGEST_FRACTION) },
  });
  if (parsed.ok) return parsed.task;
  throw new Error(problemText(parsed.problems));
}
