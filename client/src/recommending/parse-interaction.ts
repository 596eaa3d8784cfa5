import { INTERACTION_KINDS, type Interaction } from "@tacit/shared";
import * as z from "zod/mini";

const trackedSchema = z.strictObject({
  kind: z.enum(INTERACTION_KINDS),
  itemId: z.string().check(z.minLength(1), z.maxLength(512)),
  at: z.optional(z.number().check(z.minimum(0), z.maximum(8.64e15))),
  value: z.optional(z.number()),
  recommendationId: z.optional(z.string().check(z.maxLength(128))),
});

export type ParsedInteraction =
  | { readonly ok: true; readonly interaction: Interaction }
  | { readonly ok: false; readonly field: string; readonly message: string };

/** Checks what a host app tracks; `now` stands in for a missing time. */
export function parseInteraction(input: unknown, now: number): ParsedInteraction {
  const parsed = trackedSchema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      ok: false,
      field: issue?.path.map(String).join(".") || "interaction",
      message: issue?.message ?? "",
    };
  }
  const { kind, itemId, at = now, value, recommendationId } = parsed.data;
  return {
    ok: true,
    interaction: {
      kind,
      itemId,
      at,
      ...(value !== undefined && { value }),
      ...(recommendationId !== undefined && { recommendationId }),
    },
  };
}
