import { fullName } from "../../scenario/arm.js";

export interface SaidOfArm {
  readonly arm: string;
  readonly variation: string;
  readonly text: string;
}

/** Everything that is said of arms once, and the full names of those of whom it is. */
export function saidOfArms(
  said: readonly SaidOfArm[],
): { readonly text: string; readonly of: readonly string[] }[] {
  const texts = new Map<string, string[]>();
  for (const { text, ...arm } of said) texts.set(text, [...(texts.get(text) ?? []), fullName(arm)]);
  return Array.from(texts, ([text, of]) => ({ text, of }));
}
