import type { Features, HistoryMethod, Phrases, Reason } from "@tacit/shared";
import type { Refused } from "../refused.js";

export interface ExplainOptions {
  /** The moment to explain for, as it was told to `recommend`; now when left out. */
  readonly context?: { readonly at?: number; readonly features?: Features };
  /** In the host's language; whatever is left out is English. */
  readonly phrases?: { readonly [Part in keyof Phrases]?: Partial<Phrases[Part]> };
  /** What an item is called in the sentence; its id when left out. */
  readonly title?: (itemId: string) => string;
}

/** Why an item has its place. It is made of the user's own history: nothing of it leaves the device. */
export type Explanation =
  | {
      readonly ok: true;
      readonly itemId: string;
      readonly modelVersion: number;
      /** The item's unnormalised ln π(a|s): slates are drawn by it. */
      readonly score: number;
      /** How contributions of interactions were found. */
      readonly history: HistoryMethod;
      /** Strongest first. */
      readonly reasons: readonly Reason[];
      /** The strongest reason for it in words: plain text, not escaped for any markup. */
      readonly sentence: string;
    }
  | Refused<"unknown-item" | "no-model" | "closed" | "failed">;
