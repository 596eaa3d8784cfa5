import { type Refusal, refuse } from "@tacit/shared";
import type { ParticipationLimit } from "./participation-limit.js";

/** How often each client has taken part, and whether it may again. */
export class Participations {
  readonly #limit: ParticipationLimit;
  readonly #counts: Map<string, number>;

  constructor(limit: ParticipationLimit, counts: ReadonlyMap<string, number>) {
    this.#limit = limit;
    this.#counts = new Map(counts);
  }

  add(clientId: string): void {
    this.#counts.set(clientId, (this.#counts.get(clientId) ?? 0) + 1);
  }

  /** @param pending participations of the client that are not committed yet. */
  refusal(clientId: string, pending: number): Refusal | undefined {
    const { participations, reason } = this.#limit;
    if ((this.#counts.get(clientId) ?? 0) + pending < participations) return undefined;
    return refuse(reason, `a client may take part ${participations} times in this task`);
  }

  /** The greatest count of any client, were each of `clientIds` to take part once more. */
  greatestWith(clientIds: Iterable<string>): number {
    let greatest = 0;
    for (const count of this.#counts.values()) greatest = Math.max(greatest, count);
    for (const clientId of clientIds) greatest = Math.max(greatest, (this.#counts.get(clientId) ?? 0) + 1);
    return greatest;
  }
}
