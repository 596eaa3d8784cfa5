import { type Rules, rulesProblems, rulesSchema, schemaProblem, type TaskSpec } from "@tacit/shared";
import * as v from "valibot";

/**
 * The task's rules, with what the host asks for in their stead, section by section; what the task blocks stays blocked. Where the
 * host's rules are not to be read, or name features that there are not, the task's alone are left and `problem` is told.
 *
 * @param task undefined where there is none yet: then features are nobody's business.
 */
export function readRules(
  asked: unknown,
  task: Pick<TaskSpec, "rules" | "catalogue"> | undefined,
  problem: (message: string) => void,
): Rules {
  const own = task?.rules ?? {};
  if (asked === undefined) return own;
  const parsed = v.safeParse(rulesSchema, asked);
  if (!parsed.success) {
    const { field, message } = schemaProblem(parsed.issues[0], "");
    problem(`rules${field && `.${field}`}: ${message}`);
    return own;
  }
  const [missing] = task ? rulesProblems(parsed.output, task.catalogue.features) : [];
  if (missing) {
    problem(`${missing.field}: ${missing.message}`);
    return own;
  }
  const blocked = [...(own.blocked ?? []), ...(parsed.output.blocked ?? [])];
  return { ...own, ...parsed.output, blocked };
}
