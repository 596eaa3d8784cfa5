import { type Refusal, refuse } from "@tacit/shared";
import type { Attendance } from "../store/store.js";
import type { ParticipationLimit } from "./participation-limit.js";

/** How often and when last each client has taken part, and whether it may again. */
export class Participations {
  readonly #limit: ParticipationLimit;
  readonly #attendance: Map<string, Attendance>;

  constructor(limit: ParticipationLimit, attendance: ReadonlyMap<string, Attendance>) {
    this.#limit = limit;
    this.#attendance = new Map(attendance);
  }

  /** @param modelVersion that the client's update has become a part of. */
  add(clientId: string, modelVersion: number): void {
    this.#attendance.set(clientId, { participations: this.#count(clientId) + 1, latest: modelVersion });
  }

  /**
   * @param pending participations of the client that are not committed yet.
   * @param modelVersion that it would become a part of; a pending one is a part of this or of the one before.
   */
  refusal(clientId: string, pending: number, modelVersion: number): Refusal | undefined {
    const { participations, minimumSeparation, reason } = this.#limit;
    if (this.#count(clientId) + pending >= participations) {
      return refuse(reason, `a client may take part ${participations} times in this task`);
    }
    const latest = pending > 0 ? modelVersion : this.#attendance.get(clientId)?.latest;
    if (latest === undefined || minimumSeparation === 0 || modelVersion > latest + minimumSeparation) {
      return undefined;
    }
    const again = `from version ${latest + minimumSeparation} on`;
    return refuse("too-soon", `${minimumSeparation} rounds must pass; the client may train again ${again}`);
  }

  /** The greatest count of any client, were each of `clientIds` to take part once more. */
  greatestWith(clientIds: Iterable<string>): number {
    let greatest = 0;
    for (const { participations } of this.#attendance.values()) greatest = Math.max(greatest, participations);
    for (const clientId of clientIds) greatest = Math.max(greatest, this.#count(clientId) + 1);
    return greatest;
  }

  #count(clientId: string): number {
    return this.#attendance.get(clientId)?.participations ?? 0;
  }
}
