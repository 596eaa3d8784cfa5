import type { BadRows } from "../../datasets/bad-rows.js";
import type { EvaluationRefusal } from "./bandit-log.js";

/** One bad row makes every estimate doubtful: none is passed over. */
export function refuseBadRows({ count, list }: BadRows): EvaluationRefusal {
  const lines = list.map(({ file, line, problem }) => `${file} line ${line}: ${problem}`);
  const more = count > list.length ? [`and ${count - list.length} more`] : [];
  return { ok: false, reason: "bad-rows", message: [...lines, ...more].join("\n") };
}

export function refuseUnreadable(path: string, error: unknown): EvaluationRefusal {
  const why = error instanceof Error ? error.message : String(error);
  return { ok: false, reason: "unreadable", message: `${path}: ${why}` };
}
