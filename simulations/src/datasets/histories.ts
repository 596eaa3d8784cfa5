import type { Interaction } from "@tacit/shared";
import type { RawInteraction } from "./layout.js";

/**
 * Collects interactions into private histories and drops duplicates: the same event at the same time twice, or the same
 * item rated again (the later rating stands).
 */
export class Histories {
  duplicates = 0;
  readonly itemIds = new Set<string>();
  readonly #byUser = new Map<string, Map<string, Interaction>>();

  add({ userId, ...interaction }: RawInteraction): void {
    this.itemIds.add(interaction.itemId);
    let history = this.#byUser.get(userId);
    if (history === undefined) {
      history = new Map();
      this.#byUser.set(userId, history);
    }
    const { kind, itemId, at } = interaction;
    const key = kind === "rating" ? `rating ${itemId}` : `${kind} ${at} ${itemId}`;
    const known = history.get(key);
    if (known !== undefined) this.duplicates++;
    if (known === undefined || known.at <= at) history.set(key, interaction);
  }

  /** Each user's history, oldest first; file order where times are equal. */
  sorted(): Map<string, readonly Interaction[]> {
    const entries = [...this.#byUser].map(
      ([user, history]) => [user, [...history.values()].sort((a, b) => a.at - b.at)] as const,
    );
    return new Map(entries);
  }
}
