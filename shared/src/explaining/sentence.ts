import type { Phrases } from "./phrases.js";
import type { Reason } from "./reason.js";

interface Telling {
  readonly phrases: Phrases;
  /** What an item is called. */
  readonly title: (itemId: string) => string;
  /** What the explained item has of a feature; empty where that cannot be said. */
  readonly value: (feature: string) => string;
}

/**
 * The strongest reason that speaks for an item, in words. Plain text, with titles and values as they are: whoever shows it as
 * HTML escapes it. An item's hashed id is no reason that could be said to anybody.
 */
export function sentence(itemId: string, reasons: readonly Reason[], telling: Telling): string {
  const { phrases, title } = telling;
  const said = reasons.find((reason) => reason.contribution > 0 && !(reason.kind === "feature" && reason.id));
  const words = new Map([["title", title(itemId)], ...(said ? wordsOf(said, telling) : [])]);
  return fill(said ? phrases.reasons[said.kind] : phrases.none, words);
}

function wordsOf(reason: Reason, { phrases, title, value }: Telling): [string, string][] {
  const name = (feature: string) =>
    Object.hasOwn(phrases.names, feature) ? (phrases.names[feature] ?? feature) : feature;
  switch (reason.kind) {
    case "interaction":
      return [
        ["past", title(reason.itemId)],
        ["interaction", phrases.interactions[reason.interaction]],
      ];
    case "feature":
      return [
        ["feature", name(reason.feature)],
        ["value", value(reason.feature)],
      ];
    case "context":
      return [["feature", name(reason.feature)]];
    case "relation":
      return [["feature", name(reason.relation)]];
    case "popularity":
    case "personal":
      return [];
  }
}

/** Each placeholder once: what a title looks like is never read as a template. */
const fill = (template: string, words: ReadonlyMap<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (placeholder, word: string) => words.get(word) ?? placeholder);
