import type { Features, TaskSpec } from "@tacit/shared";
import type { BanditLog, EvaluationRefusal } from "../log/bandit-log.js";
import { refuse } from "../log/refuse.js";

/** What a task was told of each round. */
export interface ToldContexts {
  readonly ok: true;
  /** Each once. */
  readonly contexts: readonly Features[];
  /** Of each round, the place of its own among them. */
  readonly parts: Int32Array;
}

/** A log's columns, as a task's context features read them; one context of nothing where the task asks for none. */
export function toldContexts({ context }: TaskSpec, log: BanditLog): ToldContexts | EvaluationRefusal {
  const features = context?.features ?? [];
  const unknown = features.find(({ name }) => !log.contexts.has(name));
  if (unknown) {
    return refuse("features-differ", `the model is told "${unknown.name}", which the log has no column of`);
  }
  const contexts: Features[] = [];
  const known = new Map<string, number>();
  const parts = log.actions.map((_, round) => {
    const texts = features.map(({ name }) => log.contexts.get(name)?.[round] ?? "");
    const key = JSON.stringify(texts);
    const place = known.get(key) ?? contexts.length;
    if (place === contexts.length) {
      known.set(key, place);
      contexts.push(
        Object.fromEntries(
          features.flatMap(({ name, kind }, i) => {
            const text = texts[i] ?? "";
            if (text === "") return [];
            return [[name, kind === "numeric" ? Number(text) : text] as const];
          }),
        ),
      );
    }
    return place;
  });
  return { ok: true, contexts, parts };
}
