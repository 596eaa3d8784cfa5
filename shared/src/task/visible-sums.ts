import type { CombineRule } from "./combine-rule.js";
import type { TaskSpec } from "./task-spec.js";

/** The clients of one group of a full cohort, and the fewest of them whose sum is opened. */
export interface Group {
  readonly size: number;
  readonly minimum: number;
}

/** One group where a cohort is split at random; otherwise the whole cohort. */
export function groupOf({
  size,
  minimum,
  groups = 1,
}: Pick<TaskSpec["cohort"], "size" | "minimum"> & { readonly groups?: number }): Group {
  return { size: Math.ceil(size / groups), minimum: Math.floor(minimum / groups) };
}

interface Combining {
  readonly privacy: Pick<TaskSpec["privacy"], "mode">;
  readonly aggregation?: { readonly combine: CombineRule } | undefined;
}

/**
 * Whether the released models may depend on single updates, each with its own noise only: of unmasked updates that a rule
 * looks at one by one.
 */
export const looksAtSingleUpdates = ({ privacy, aggregation }: Combining): boolean =>
  privacy.mode !== "distributed" && (aggregation?.combine ?? "mean") !== "mean";
