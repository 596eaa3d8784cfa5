import type { Random } from "@tacit/shared";
import type { ReadyUpdate } from "./ready-update.js";

/** The connected clients that hold a sealed update: at most one update each, the newest. */
export class ReadyPool {
  readonly #byClient = new Map<string, ReadyUpdate>();
  readonly #holders = new Map<string, string>();

  get size(): number {
    return this.#byClient.size;
  }

  has(clientId: string): boolean {
    return this.#byClient.has(clientId);
  }

  /** The client that is ready with this update. */
  holder(updateId: string): string | undefined {
    return this.#holders.get(updateId);
  }

  add(update: ReadyUpdate): void {
    this.remove(update.clientId);
    this.#byClient.set(update.clientId, update);
    this.#holders.set(update.updateId, update.clientId);
  }

  /** Forgets the client's update; given an update id, only that one. */
  remove(clientId: string, updateId?: string): boolean {
    const held = this.#byClient.get(clientId);
    if (!held || (updateId !== undefined && held.updateId !== updateId)) return false;
    this.#byClient.delete(clientId);
    this.#holders.delete(held.updateId);
    return true;
  }

  keep(wanted: (update: ReadyUpdate) => boolean): void {
    for (const update of [...this.#byClient.values()]) if (!wanted(update)) this.remove(update.clientId);
  }

  /** Takes out `count` updates, every subset being equally likely; all of them when there are fewer. */
  draw(count: number, random: Random): ReadyUpdate[] {
    const candidates = [...this.#byClient.values()];
    const drawn: ReadyUpdate[] = [];
    while (drawn.length < count) {
      const index = random.integer(Math.max(candidates.length, 1));
      const chosen = candidates[index];
      const last = candidates.pop();
      if (!chosen || !last) break;
      if (index < candidates.length) candidates[index] = last;
      this.remove(chosen.clientId);
      drawn.push(chosen);
    }
    return drawn;
  }
}
