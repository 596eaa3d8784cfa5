import { networkTransport } from "@tacit/client";
import { parseMessage, parseTask, type TaskSpec, taskDocumentSchema, taskHash } from "@tacit/shared";

/** The task as a coordinator serves it now, or why it cannot be taken. */
export type ServedTask =
  | { readonly ok: true; readonly task: TaskSpec; readonly modelVersion: number; readonly finished: boolean }
  | { readonly ok: false; readonly message: string };

/** Asks a running coordinator for its task, and checks it as every client will. */
export async function fetchTask(url: string, name: string): Promise<ServedTask> {
  let answered: unknown;
  try {
    answered = await networkTransport(url).fetchTask(name);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { ok: false, message: `${url} does not serve a task "${name}": ${said}` };
  }
  const document = parseMessage(taskDocumentSchema, answered);
  if (!document.ok) return { ok: false, message: `${url}: ${document.message}` };
  const parsed = parseTask(document.message.task);
  if (!parsed.ok) {
    const [problem] = parsed.problems;
    return { ok: false, message: `${url}: ${problem?.field}: ${problem?.message}` };
  }
  if (taskHash(parsed.task) !== document.message.taskHash) {
    return { ok: false, message: `${url}: taskHash: it is another task's` };
  }
  const { modelVersion, finished } = document.message;
  return { ok: true, task: parsed.task, modelVersion, finished };
}
