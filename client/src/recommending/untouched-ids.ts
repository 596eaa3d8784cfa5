import { type Interaction, keptOut } from "@tacit/shared";
import { readRules } from "./read-rules.js";

interface Asked {
  readonly rules?: unknown;
  readonly context?: { readonly at?: number };
  readonly now: number;
  readonly problem: (message: string) => void;
}

/** Those of the ids that the host's rules do not keep out, where there is no task yet. */
export function untouchedIds(
  ids: readonly string[],
  history: readonly Interaction[],
  { rules, context, now, problem }: Asked,
): string[] {
  const out = keptOut(readRules(rules, undefined, problem), history, context?.at ?? now);
  return ids.filter((id) => !out.has(id));
}
