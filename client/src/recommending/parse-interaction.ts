import { type Features, INTERACTION_KINDS, type Interaction, schemaProblem } from "@tacit/shared";
import * as v from "valibot";
import { CONTEXT_RULE, copyOf, isContext } from "./is-context.js";

const trackedSchema = v.strictObject({
  kind: v.picklist(INTERACTION_KINDS),
  itemId: v.pipe(v.string(), v.minLength(1), v.maxLength(512)),
  at: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15))),
  value: v.optional(v.pipe(v.number(), v.finite())),
  recommendationId: v.optional(v.pipe(v.string(), v.maxLength(128))),
  context: v.optional(v.custom<Features>(isContext, CONTEXT_RULE)),
});

export type ParsedInteraction =
  | { readonly ok: true; readonly interaction: Interaction }
  | { readonly ok: false; readonly field: string; readonly message: string };

/** Checks what a host app tracks; `now` stands in for a missing time. */
export function parseInteraction(input: unknown, now: number): ParsedInteraction {
  const parsed = v.safeParse(trackedSchema, input);
  if (!parsed.success) {
    return { ok: false, ...schemaProblem(parsed.issues[0], "interaction") };
  }
  const { kind, itemId, at = now, value, recommendationId, context } = parsed.output;
  return {
    ok: true,
    interaction: {
      kind,
      itemId,
      at,
      ...(value !== undefined && { value }),
      ...(recommendationId !== undefined && { recommendationId }),
      ...(context && { context: copyOf(context) }),
    },
  };
}
