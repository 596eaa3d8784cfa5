import { readFile } from "node:fs/promises";
import { parseTask, type TaskSpec } from "@tacit/shared";
import { TaskRefusedError } from "./task-refused-error.js";

/**
 * Reads and validates a task file (JSON).
 * @throws TaskRefusedError naming the fields, or "file" when it cannot be read at all.
 */
export async function readTaskFile(path: string): Promise<TaskSpec> {
  let spec: unknown;
  try {
    spec = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new TaskRefusedError([{ field: "file", message }]);
  }
  const parsed = parseTask(spec);
  if (!parsed.ok) throw new TaskRefusedError(parsed.problems);
  return parsed.task;
}
